import { notFound } from "next/navigation";
import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { ChangePreview } from "#components/namespace/ChangePreview.tsx";
import { ConstraintFields } from "#components/namespace/ConstraintFields.tsx";
import { ReasonFields } from "#components/namespace/ReasonFields.tsx";
import { Page } from "#components/Page.tsx";
import { namespacePath } from "#components/paths.ts";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { namespacePage } from "#lib/views/namespaces/namespacePage.ts";
import { registerChoices } from "#lib/views/clients/registerChoices.ts";
import { context } from "../../../../context.ts";
import { requirePerson } from "../../../../session.ts";
import { change } from "../../actions.ts";

export const metadata = { title: "Change a namespace" };

export default async function ChangeNamespaceScreen({ params }: { params: Promise<{ number: string }> }) {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const seen = await namespacePage(db, clock(), person, config.solo, Number((await params).number));
  if (!seen) notFound();
  const { resources } = await registerChoices(db);
  const path = namespacePath(seen.number);
  return (
    <Page
      title="Change"
      crumbs={[
        { href: "/namespaces", label: "Namespaces" },
        { href: path, label: seen.name },
      ]}
    >
      {!seen.mayChange ? (
        <Banner tone="hold" actions={<a href={path}>Back to it</a>}>
          This cannot be changed by you, or not as it stands now.
        </Banner>
      ) : (
        <ActionForm
          action={change.bind(null, seen.number)}
          className="grid max-w-[900px] gap-3.5"
          label="Change"
        >
          <Banner>
            {seen.standing === "pending"
              ? "Votes that were cast are void: they were for what is asked for now."
              : "What you take away acts with the next release, within seconds. What you add waits for two people."}
          </Banner>
          <Card title="What its clients must keep to" padded>
            <ConstraintFields resources={resources} values={seen.proposed ?? seen.constraints} />
          </Card>
          {seen.standing !== "pending" && (
            <Card title="What this would change" padded>
              <ChangePreview current={seen.constraints} />
            </Card>
          )}
          <Card title="For how long, and why" padded>
            <div className="grid gap-3.5 md:grid-cols-2">
              <ReasonFields days={seen.validDays} />
            </div>
          </Card>
          <p className="flex gap-2">
            <SubmitButton busy="Proposing …">Propose the change</SubmitButton>
            <LinkButton href={path} variant="quiet">
              Cancel
            </LinkButton>
          </p>
        </ActionForm>
      )}
    </Page>
  );
}
