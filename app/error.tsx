"use client";
import { Button } from "#components/Button.tsx";
import { Standalone } from "#components/Standalone.tsx";

export default function ErrorScreen({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Standalone title="This screen could not be shown">
      <p className="text-ink-2">
        Something went wrong on our side. What was saved before is kept; whether your last press counted is
        shown in the journal. Try again; when it stays, tell an administrator
        {error.digest ? (
          <>
            {" "}
            the number <code>{error.digest}</code>, which the server wrote to its log
          </>
        ) : null}
        .
      </p>
      <p>
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      </p>
    </Standalone>
  );
}
