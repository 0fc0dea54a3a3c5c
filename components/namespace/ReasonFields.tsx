import { TextArea } from "../TextArea.tsx";
import { TextInput } from "../TextInput.tsx";

/** For how long, and why. */
export function ReasonFields({ days = 180 }: { days?: number }) {
  return (
    <>
      <TextInput
        name="validDays"
        label="Valid for, days"
        type="number"
        min={1}
        max={365}
        defaultValue={days}
        hint="From the last vote on, at most a year."
      />
      <TextArea name="reason" label="Why?" hint="One sentence that reviewers and an auditor will read." />
    </>
  );
}
