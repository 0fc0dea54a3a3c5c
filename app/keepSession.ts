import { cookies } from "next/headers";
import type { Session } from "#lib/flows/people/signIn.ts";
import { context } from "./context.ts";
import { sessionCookie } from "./session.ts";

/** Keeps a session's token in this browser: never readable by scripts, never sent along from other sites' forms. */
export async function keepSession(session: Session): Promise<void> {
  const { config } = await context();
  (await cookies()).set(sessionCookie, session.token, {
    httpOnly: true,
    sameSite: "lax",
    secure: config.baseUrl.startsWith("https:"),
    path: "/",
    expires: session.expiresAt,
  });
}
