import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { ConsoleBanners } from "#components/ConsoleBanners.tsx";
import { navigation } from "#components/navigation.ts";
import { ResumePublishing } from "#components/ResumePublishing.tsx";
import { Shell } from "#components/Shell.tsx";
import { SignedIn } from "#components/SignedIn.tsx";
import { consoleFacts } from "#lib/views/consoleFacts.ts";
import { context } from "../context.ts";
import { requirePerson } from "../session.ts";
import { themeOf } from "../theme.ts";
import { findClientsByText, signOutHere } from "./actions.ts";
import { resumePublishing } from "./servers/actions.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson();
  const ctx = await context();
  const { demo, solo } = ctx.config;
  const facts = await consoleFacts(ctx.db, ctx.clock(), person, solo);
  const sections = navigation(facts);
  return (
    <Shell
      sections={sections}
      banners={
        <ConsoleBanners
          demo={demo}
          solo={solo}
          reviewers={facts.reviewers}
          voters={facts.voters}
          troubles={facts.troubles}
          resume={
            person.role === "admin"
              ? (slug) => <ResumePublishing slug={slug} action={resumePublishing} />
              : undefined
          }
          failingChannels={person.role === "admin" ? facts.failingChannels : []}
          invite={person.role === "admin" && <Link href="/people#invite">Invite a reviewer</Link>}
        />
      }
      foot={
        <SignedIn
          name={person.name}
          role={person.role}
          theme={themeOf(await cookies())}
          pages={sections.flatMap((section) => section.links)}
          find={findClientsByText}
          signOut={signOutHere}
        />
      }
    >
      {children}
    </Shell>
  );
}
