import { Choice } from "../Choice.tsx";
import { TextArea } from "../TextArea.tsx";

/** The word of the second person about a copy. */
export function AttestFields() {
  return (
    <>
      <Choice
        name="verdict"
        label="Compared with what the owner publishes"
        value="attested"
        options={[
          {
            value: "attested",
            label: "It is the same.",
            hint: "The copy is the live document for 30 days; what it gained waits for a decision.",
          },
          {
            value: "refused",
            label: "It is not.",
            hint: "Nothing changes. The copy stays among the versions.",
          },
        ]}
      />
      <TextArea name="reason" label="How did you compare?" hint="One sentence that an auditor will read." />
    </>
  );
}
