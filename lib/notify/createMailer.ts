import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { createTransport } from "nodemailer";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Sent } from "#lib/core/notice/Sent.ts";
import type { Hands, Mail, Posted, Target } from "./Hands.ts";

export interface MailerOptions {
  /** `smtp(s)://user:password@host:port`; absent: no mail is sent. */
  readonly smtpUrl?: string;
  readonly from: string;
  /** Name given to the mail server, and right half of every Message-ID. */
  readonly hostName: string;
  readonly secureContext: SecureContext;
  openSocket(target: Target & { readonly tls: boolean }): Promise<{ readonly socket: Socket } | Posted>;
}

/** The connection was not made: carries what the guard said. */
class NotOpened extends Error {
  readonly posted: Posted;

  constructor(posted: Posted) {
    super(posted.sentence);
    this.name = "NotOpened";
    this.posted = posted;
  }
}

/** Sends mail through one server, over connections that the guard opens. A password never travels without TLS. */
export function createMailer(options: MailerOptions): Hands["sendMail"] {
  const { smtpUrl } = options;
  if (!smtpUrl)
    return async () => ({
      outcome: "refused",
      sentence: "No mail server is set up. An operator sets ROLLCALL_SMTP_URL.",
    });
  const url = new URL(smtpUrl);
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = Number(url.port) || (secure ? 465 : 587);
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;

  return async (mail) => {
    const transport = createTransport({
      host,
      port,
      secure,
      auth,
      requireTLS: !secure && auth !== undefined,
      name: options.hostName,
      tls: { secureContext: options.secureContext, rejectUnauthorized: true },
      getSocket(_: unknown, callback: (error: Error | null, opened?: { connection: Socket }) => void) {
        options
          .openSocket({ host, port, openPorts: [port], tls: false })
          .then(
            (opened) =>
              "socket" in opened
                ? callback(null, { connection: opened.socket })
                : callback(new NotOpened(opened)),
            callback,
          );
      },
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { rejected, response } = await transport.sendMail(envelope(mail, options));
      const lost =
        rejected.length > 0 ? ` ${rejected.length} of ${mail.to.length} addresses were refused.` : "";
      return { outcome: "delivered", sentence: `The mail server took it (${said(response)}).${lost}` };
    } catch (error) {
      return sentOfError(error as SmtpError);
    } finally {
      transport.close();
    }
  };
}

/** Addresses are given as parts, never as text to be parsed; headers are encoded by the library. */
function envelope({ to, subject, text, html, id }: Mail, { from, hostName }: MailerOptions) {
  return {
    from: { name: "Rollcall", address: from },
    to: to.map((address) => ({ name: "", address })),
    subject,
    text,
    html,
    messageId: `<${id.replace(/[^\w.-]/g, "")}@${hostName}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** A permanent refusal (RFC 5321 §4.2.1) of the message is final; a refused sign-in is not: an operator corrects it. */
function sentOfError(error: SmtpError): Sent {
  if (error instanceof NotOpened)
    return {
      outcome: error.posted.outcome === "refused" ? "refused" : "failed",
      sentence: error.posted.sentence,
    };
  const { code = "", responseCode: status, response } = error;
  if (!/^E[A-Z]+$/.test(code)) throw error;
  const isFinal = status !== undefined && status >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
  return {
    outcome: isFinal ? "refused" : "failed",
    status,
    sentence: `The mail server did not take it: ${said(response ?? error.message)}`,
  };
}

function said(text: string): string {
  return visibleText(text.trim(), 200);
}
