import type { ChosenPart } from "./ChosenPart.ts";
import { AcceptBox } from "./AcceptBox.tsx";

/** The boxes of one member's parts, in a group with a name. */
export function AcceptBoxes({
  member,
  parts,
  form,
  disabled,
}: {
  member: string;
  parts: readonly ChosenPart[];
  form: string;
  disabled: boolean;
}) {
  if (parts.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-x-4 gap-y-2.5">
      <legend className="sr-only">What of {member} is accepted</legend>
      {parts.map((part) => (
        <AcceptBox
          key={part.id}
          id={part.id}
          label={part.label}
          accepted={part.accepted}
          form={form}
          disabled={disabled}
        />
      ))}
    </fieldset>
  );
}
