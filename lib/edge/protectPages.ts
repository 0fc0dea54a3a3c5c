import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Headers that keep what a document says from becoming more than text in a reviewer's browser: only our own scripts
 * run, nothing is loaded from elsewhere, nobody frames a page to borrow a click. Next reads the nonce from the request.
 * @param nonce unguessable, new for every request
 */
export function protectPages(
  request: IncomingMessage,
  response: ServerResponse,
  nonce: string,
  https: boolean,
): void {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // Positions and widths of charts and menus are style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  request.headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()");
  if (https) response.setHeader("strict-transport-security", "max-age=31536000");
}
