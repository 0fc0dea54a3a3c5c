import { memoryStore } from "../../memoryStore.ts";
import { begin } from "../harness.ts";
import type { Attack } from "./Attack.ts";
import type { Stage } from "./stage.ts";
import { first } from "./stage.ts";

const down = "publisher or CDN down";
const freeze = "freeze: an old head replayed";
const errors = "redirects, errors and other bodies";

/** Answers every request for the head like this. */
function answering(
  stage: Stage,
  status: number,
  body = "",
  headers: Record<string, string | number> = {},
): void {
  stage.publisher.intercept = (request, response) => {
    if (!request.url?.endsWith("/head")) return false;
    response.writeHead(status, headers).end(body);
    return true;
  };
}

function answer(attack: string, code: string, play: (stage: Stage) => void): Attack {
  return {
    row: errors,
    attack,
    expected: `failed: ${code} → allow`,
    run: async (stage) => {
      await stage.decided();
      play(stage);
      return stage.refreshed();
    },
  };
}

/** What an error page that pretends to be an empty list would say. */
const emptyList = '{"v":1,"entries":{}}';

export const answerAttacks: readonly Attack[] = [
  {
    row: down,
    attack: "nothing listens any more",
    expected: "failed: network → allow; after 3×ttl a stale event",
    run: async (stage) => {
      await stage.decided();
      await stage.publisher.close();
      const got = await stage.refreshed();
      stage.advance(31);
      await stage.consumer.refresh();
      return `${got}; after 3×ttl ${stage.ofType("stale").length === 1 ? "a stale event" : "nothing"}`;
    },
  },
  {
    row: down,
    attack: "nothing listens, and the process restarts",
    expected: "failed: network → allow",
    stage: { onDisk: true },
    run: async (stage) => {
      await stage.decided();
      await stage.publisher.close();
      return stage.refreshed(stage.restart());
    },
  },
  {
    row: freeze,
    attack: "the old head is answered although a newer one exists; the status report reveals it",
    expected: "unchanged → allow; told behind, frozen_path; at exp+60 s deny: head_expired",
    run: async (stage) => {
      const consumer = stage.restart({ status: { url: stage.publisher.baseUrl, consumerId: "as" } });
      await consumer.ready();
      answering(stage, 200, stage.publisher.current!.jws);
      await stage.publisher.publish({ deny: [{ client_id: first.client_id, at: begin, reason: "stolen" }] });
      stage.advance(250);
      const got = await stage.refreshed(consumer);
      stage.advance(31);
      await consumer.refresh();
      const told = stage.events.map(({ type }) => type).filter((type) => /^(behind|frozen_path)$/.test(type));
      stage.advance(86_400 + 60 - 281);
      return `${got}; told ${told.join(", ")}; at exp+60 s ${await stage.decided(first, consumer)}`;
    },
  },
  ...[301, 302, 307, 308].map((status) =>
    answer(`${status} to another place that answers a list`, "redirect", (stage) =>
      answering(stage, status, emptyList, { location: `${stage.publisher.baseUrl}/elsewhere` }),
    ),
  ),
  ...(
    [
      [400, "http_status"],
      [401, "unauthorized"],
      [403, "unauthorized"],
      [404, "not_found"],
      [410, "gone"],
      [429, "rate_limited"],
      [500, "http_status"],
      [503, "not_published"],
      [204, "http_status"],
      [206, "http_status"],
    ] as const
  ).map(([status, code]) =>
    answer(`${status} with a body that reads like an empty list`, code, (stage) =>
      answering(stage, status, status === 204 ? "" : emptyList),
    ),
  ),
  ...(
    [
      ["an empty body", ""],
      ["an empty list without a signature", emptyList],
      ["a page of a captive portal", "<html>sign in</html>"],
    ] as const
  ).map(([what, body]): Attack => ({
    row: errors,
    attack: `200 with ${what}`,
    expected: "refused: malformed → allow",
    run: async (stage) => {
      answering(stage, 200, body);
      return stage.refreshed();
    },
  })),
  answer("a head of more than 64 KiB", "too_large", (stage) =>
    answering(stage, 200, "x".repeat(64 * 1024 + 1)),
  ),
  answer("a head that breaks off", "network", (stage) => {
    stage.publisher.intercept = (_, response) => {
      response.writeHead(200, { "content-length": 2000 }).write("abc");
      setImmediate(() => response.destroy());
      return true;
    };
  }),
  {
    row: errors,
    attack: "304 to a first request",
    expected: "failed: malformed → deny: no_list",
    run: async (stage) => {
      answering(stage, 304);
      return stage.refreshed(stage.restart({ store: memoryStore() }));
    },
  },
];
