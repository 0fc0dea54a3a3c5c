import { CodeLine } from "../CodeLine.tsx";

export interface ExportChoice {
  name: string;
  title: string;
  url: string;
  /** It admits whole hosts, not single clients. */
  wholeHosts: boolean;
  cannotExpress: readonly string[];
}

/** The list in the words of products that take one in their own form, with what each of them cannot say. */
export function ExportChoices({
  choices,
  isPrivate,
}: {
  choices: readonly ExportChoice[];
  isPrivate: boolean;
}) {
  return (
    <ul>
      {choices.map((choice) => (
        <li key={choice.name} className="border-b border-line px-3.5 py-2 last:border-0">
          <details className="text-sm">
            <summary className="rounded-sm">
              <b className="font-semibold">{choice.title}</b>{" "}
              <span className="text-ink-3">
                {choice.wholeHosts ? "admits whole hosts" : "admits single clients"}
              </span>
            </summary>
            <div className="grid gap-2 pt-2">
              <CodeLine
                value={`curl -f ${isPrivate ? '-H "Authorization: Bearer $TOKEN" ' : ""}'${choice.url}'`}
                label={`Fetch the list for ${choice.title}`}
              />
              {choice.cannotExpress.length > 0 && (
                <p className="text-ink-2">{choice.cannotExpress.join(" ")}</p>
              )}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
