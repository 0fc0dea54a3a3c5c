import { addOutcomes, type CountedSighting } from "#lib/core/sighting/countSightings.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { sightingsOfDays } from "#lib/db/queries/sightings.ts";
import type { NewRow, Row } from "#lib/db/rows.ts";

/** Ways in which one server may ask about one client on one day; more of them count towards the client only. */
const mostShapes = 60;

export interface SightingRows {
  readonly rows: readonly NewRow<"sighting">[];
  /** How many of them there was no row for. */
  readonly begun: number;
  /** Lines that count towards their client only: for their shape, or for the day, there was no room. */
  readonly shapeless: number;
}

/** Counts that go on from what stands for the same day; at most `room` are begun. */
export async function sightingRows(
  ctx: Context,
  tx: Write,
  consumer: Row<"consumer">,
  counted: readonly CountedSighting[],
  room: number,
): Promise<SightingRows> {
  const ids = [...new Set(counted.map(({ clientId }) => clientId))];
  const days = [...new Set(counted.map(({ day }) => day))];
  const standing = new Map<string, Map<string, Readonly<Record<string, number>>>>();
  const shapesOf = (clientId: string, day: number) => {
    const key = `${clientId} ${day}`;
    const shapes = standing.get(key) ?? new Map<string, Readonly<Record<string, number>>>();
    standing.set(key, shapes);
    return shapes;
  };
  for (const { clientId, day, shapeDigest, outcomes } of await sightingsOfDays(tx, consumer.id, ids, days))
    shapesOf(clientId, day).set(shapeDigest, outcomes);
  const rows: NewRow<"sighting">[] = [];
  let begun = 0;
  for (const { outcomes, ...one } of counted) {
    const shapes = shapesOf(one.clientId, one.day);
    const known = shapes.get(one.shapeDigest);
    if (known === undefined && (shapes.size >= mostShapes || begun >= room)) continue;
    if (known === undefined) begun++;
    const together = addOutcomes(known ?? {}, outcomes);
    shapes.set(one.shapeDigest, together);
    rows.push({
      ...one,
      outcomes: together,
      id: ctx.newId(),
      consumerId: consumer.id,
      audienceId: consumer.audienceId,
    });
  }
  return { rows, begun, shapeless: counted.length - rows.length };
}
