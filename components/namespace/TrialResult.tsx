import Link from "next/link";
import { Chip } from "../Chip.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import { serverPath } from "../paths.ts";

export interface ShownTrial {
  readonly clientId: string;
  readonly matches: boolean;
  readonly because: string | null;
  readonly decidedItself: string | null;
  readonly byConstraints: { readonly allowed: boolean; readonly sentence: string } | null;
  readonly servers: readonly {
    readonly slug: string;
    readonly name: string;
    readonly allowed: boolean;
    readonly sentence: string;
  }[];
}

/** Whether a client_id belongs to a namespace, and what each server would answer it. */
export function TrialResult({ trial, waits }: { trial: ShownTrial; waits: boolean }) {
  return (
    <div className="grid gap-2.5 text-sm" role="status">
      <p>
        <ClientIdText value={trial.clientId} wrap />
      </p>
      {!trial.matches && <p className="text-stop">Not a client of this namespace. {trial.because}</p>}
      {trial.decidedItself && (
        <p className="text-hold">
          People decided on this client by itself ({trial.decidedItself}): that wins, whatever the namespace
          says.
        </p>
      )}
      {trial.byConstraints && (
        <p>
          <Verdict allowed={trial.byConstraints.allowed} />{" "}
          {waits ? "By the constraints as they are asked for: " : "By its constraints: "}
          <span className="text-ink-2 [overflow-wrap:anywhere]">{trial.byConstraints.sentence}</span>
        </p>
      )}
      {trial.servers.length > 0 && (
        <ul className="grid gap-1.5 border-t border-line pt-2.5" aria-label="By the newest release">
          {trial.servers.map((server) => (
            <li key={server.slug}>
              <Verdict allowed={server.allowed} />{" "}
              <Link href={serverPath(server.slug)} className="font-medium hover:underline">
                {server.name}
              </Link>{" "}
              <span className="text-ink-2 [overflow-wrap:anywhere]">{server.sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Verdict({ allowed }: { allowed: boolean }) {
  return (
    <Chip tone={allowed ? "ok" : "stop"} shape={allowed ? "tick" : "minus"}>
      {allowed ? "Admitted" : "Refused"}
    </Chip>
  );
}
