"use client";
import { Button } from "#components/Button.tsx";
import { Card } from "#components/Card.tsx";
import { Empty } from "#components/Empty.tsx";
import { Page } from "#components/Page.tsx";

export default function ErrorInConsole({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Page title="Not shown">
      <Card>
        <Empty
          title="This screen could not be shown"
          actions={
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
          }
        >
          Something went wrong on our side. What was saved before is kept; the journal says whether your last
          press counted.
          {error.digest && (
            <>
              {" "}
              When it stays, tell an administrator the number <code>{error.digest}</code>: the server wrote it
              to its log.
            </>
          )}
        </Empty>
      </Card>
    </Page>
  );
}
