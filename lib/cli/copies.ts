import type { Command } from "commander";
import { acts, openInstallation, reads, type Open } from "./acts.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { isFileFault, readBody } from "./readBody.ts";

/** Adds `rollcall copies`: documents that cannot be read from here, uploaded by one person and compared by another. */
export function registerCopies(program: Command, open: Open = openInstallation): void {
  const copies = program
    .command("copies")
    .description("copies of documents that cannot be read from here, which people vouch for");
  reads(
    copies.command("list").description("those that wait for a second person or that people vouch for"),
    open,
    async (ctx) => {
      const { standingCopies } = await import("#lib/views/clients/copyRecords.ts");
      return standingCopies(ctx.db);
    },
  );
  reads(
    copies
      .command("show <id>")
      .description("one copy with its text, to compare with what the owner publishes"),
    open,
    async (ctx, [id = ""]) => {
      const { copyRecord } = await import("#lib/views/clients/copyRecords.ts");
      return copyRecord(ctx.db, id);
    },
  );
  acts(
    copies
      .command("upload <client_id>")
      .description("upload what a browser shows, as a person; it waits for another one")
      .requiredOption("--document <file>", `the document, byte for byte; "-" reads standard input`)
      .option("--key-set <file>", "what stands behind its jwks_uri, where it has one")
      .requiredOption("--note <words>", "where the copy comes from"),
    open,
    async (ctx, actor, [clientId = ""], { document = "", keySet, note = "" }) => {
      const { clientRowId } = await import("#lib/views/clients/clientRowId.ts");
      const { uploadSnapshot } = await import("#lib/flows/clients/uploadSnapshot.ts");
      const { attestationId: id, ...judged } = await uploadSnapshot(ctx, actor, {
        id: await clientRowId(ctx.db, clientId),
        document: await readFile(document),
        keySet: keySet === undefined ? undefined : await readFile(keySet),
        note,
      });
      return { id, ...judged };
    },
  );
  const verdicts = {
    attest: ["attested", "say that a copy is what the owner publishes, as a person who did not upload it"],
    refuse: ["refused", "say that it is not"],
  } as const;
  for (const [verb, [verdict, does]] of Object.entries(verdicts))
    acts(
      copies
        .command(`${verb} <id>`)
        .description(does)
        .requiredOption("--reason <words>", "how it was compared"),
      open,
      async (ctx, actor, [attestationId = ""], { reason = "" }) => {
        const { attestSnapshot } = await import("#lib/flows/clients/attestSnapshot.ts");
        return attestSnapshot(ctx, actor, { attestationId, verdict, reason });
      },
    );
}

async function readFile(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBody(file).catch((fault: unknown) => {
    throw isFileFault(fault) ? new NoAnswer(fault.message) : fault;
  });
  return new Uint8Array(bytes);
}
