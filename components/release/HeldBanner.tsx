"use client";
import { ActionForm } from "../ActionForm.tsx";
import { Banner } from "../Banner.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { RelativeTime } from "../RelativeTime.tsx";
import { SubmitButton } from "../SubmitButton.tsx";

export interface HeldBannerProps {
  audienceId: string;
  held: {
    rev: number;
    by: string;
    at: number;
    reason: string;
    askedBy: { id: string; name: string } | null;
  };
  now: number;
  /** The person who looks, when they may end a rollback. */
  reviewerId: string | null;
  action: FormAction;
}

/** That a list is rolled back, and the two steps that end it. */
export function HeldBanner({ audienceId, held, now, reviewerId, action }: HeldBannerProps) {
  const asked = held.askedBy;
  const mine = asked !== null && asked.id === reviewerId;
  return (
    <div className="grid gap-2">
      <Banner tone="hold" title={`Rolled back to release ${held.rev}.`}>
        {held.by} did it <RelativeTime at={held.at} now={now} ago />: “{held.reason}” Nothing that release{" "}
        {held.rev} does not allow is allowed, and what was suspended since stays refused.{" "}
        {asked &&
          (mine ? "You asked to end it; another person must confirm." : `${asked.name} asks to end it.`)}
      </Banner>
      {reviewerId !== null && (
        <ActionForm
          action={action}
          label="End the rollback"
          done="Done"
          className="flex flex-wrap items-center gap-2"
        >
          <input type="hidden" name="audienceId" value={audienceId} />
          {!mine && (
            <SubmitButton variant="default" busy="Working …" name="what" value="go">
              {asked ? "Confirm: follow the inventory again" : "Ask to end the rollback"}
            </SubmitButton>
          )}
          {asked && (
            <SubmitButton variant="default" busy="Working …" name="what" value="keep">
              {mine ? "Take it back" : "Keep it rolled back"}
            </SubmitButton>
          )}
        </ActionForm>
      )}
    </div>
  );
}
