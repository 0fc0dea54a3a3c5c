import { NextResponse, type NextRequest } from "next/server";

/**
 * Whoever comes to the front door without a session sees the sign-in page there and then. Every other page sends them
 * to it and back; whether a session is good is decided in the page and the action, never here.
 */
export function proxy(request: NextRequest): NextResponse {
  if (request.cookies.has("rollcall_session")) return NextResponse.next();
  return NextResponse.rewrite(new URL("/sign-in", request.url));
}

export const config = { matcher: "/" };
