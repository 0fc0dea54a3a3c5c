"use client";
import { Checkbox } from "#components/Checkbox.tsx";
import { Select } from "#components/Select.tsx";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { topicGroups } from "#lib/core/notice/topicGroups.ts";

export interface ChannelWishesProps {
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly minimumSeverity?: DriftSeverity;
  readonly topics?: readonly string[];
  readonly teamId?: string | null;
}

/** What a channel asks for: how bad, about what, whose clients. */
export function ChannelWishes({
  teams,
  minimumSeverity = "medium",
  topics = [],
  teamId,
}: ChannelWishesProps) {
  return (
    <>
      <Select
        name="minimumSeverity"
        label="Send"
        defaultValue={minimumSeverity}
        options={[
          { value: "critical", label: "Critical only" },
          { value: "high", label: "High and critical" },
          { value: "medium", label: "Medium and above" },
          { value: "low", label: "Low and above" },
          { value: "info", label: "Everything" },
        ]}
      />
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 text-sm font-medium">
          About <span className="ml-0.5 font-normal text-ink-3">none ticked: all of it</span>
        </legend>
        {topicGroups.map((group) => (
          <Checkbox
            key={group.id}
            name="topics"
            value={group.id}
            label={group.title}
            hint={group.about}
            defaultChecked={topics.includes(group.id)}
          />
        ))}
      </fieldset>
      <Select
        name="teamId"
        label="Whose clients"
        optional
        defaultValue={teamId ?? ""}
        placeholder="Of every team"
        options={teams.map((team) => ({ value: team.id, label: team.name }))}
      />
    </>
  );
}
