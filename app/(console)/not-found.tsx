import { Card } from "#components/Card.tsx";
import { Empty } from "#components/Empty.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";

export default function NotFoundInConsole() {
  return (
    <Page title="Not here">
      <Card>
        <Empty
          title="There is nothing at this address"
          actions={
            <>
              <LinkButton href="/clients">Look at the inventory</LinkButton>
              <LinkButton href="/">Go to the overview</LinkButton>
            </>
          }
        >
          The link may be old, or what it named was never there. Nothing was changed. Clients and releases are
          never deleted, so a search finds them.
        </Empty>
      </Card>
    </Page>
  );
}
