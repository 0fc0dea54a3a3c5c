/** Something new that can be accepted or left out, as a form needs it. */
export interface ChosenPart {
  readonly id: string;
  readonly member: string;
  readonly value?: string;
  readonly label: string;
  readonly accepted: boolean;
}

/** Id of the form that decides: boxes elsewhere on the page belong to it. */
export const decideFormId = "decide";
