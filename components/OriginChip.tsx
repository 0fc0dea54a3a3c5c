import { Chip } from "./Chip.tsx";

/** Whether the URL itself served this document. It proves a domain, never an intention: trust is the other chip. */
export function OriginChip({ verified }: { verified: boolean }) {
  return verified ? (
    <Chip
      tone="ok"
      shape="tick"
      title="This URL served the document, with a valid certificate, and the document names this client_id."
    >
      Origin verified
    </Chip>
  ) : (
    <Chip
      tone="hold"
      shape="dashed"
      title="The document has not been read from this URL yet, or it names another client_id."
    >
      Origin not verified
    </Chip>
  );
}
