import { buttonStyle } from "../buttonStyle.ts";

export interface CompareFormProps {
  /** Address of the screen that compares. */
  action: string;
  versions: readonly { readonly number: number; readonly words: string }[];
  from: number;
  to: number;
  /** What the two are called in the address; from and to unless given. */
  names?: readonly [string, string];
}

/** Chooses any two versions; works without scripts. */
export function CompareForm({ action, versions, from, to, names = ["from", "to"] }: CompareFormProps) {
  const select = (name: string, label: string, value: number) => (
    <label className="flex items-center gap-1.5">
      <span className="text-ink-3">{label}</span>
      <select
        name={name}
        defaultValue={value}
        key={value}
        className="h-8 rounded-md border border-field-line bg-surface px-2 text-sm text-ink"
      >
        {versions.map(({ number, words }) => (
          <option key={number} value={number}>
            {words ? `${number} · ${words}` : number}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form
      action={action}
      className="flex flex-wrap items-center gap-2 text-sm"
      aria-label="Compare two versions"
    >
      {select(names[0], "From", from)}
      {select(names[1], "to", to)}
      <button type="submit" className={buttonStyle()}>
        Compare
      </button>
    </form>
  );
}
