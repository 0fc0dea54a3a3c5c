import { connect } from "node:net";

/*
 * Servers that wait for a list's next head: one keep-alive connection each, asking with `Prefer: wait=30` again and again.
 * A child process, so that what is measured does not measure itself. Says when each head came, as times of this machine.
 */
interface Start {
  readonly port: number;
  readonly path: string;
  readonly count: number;
}

const arrivals = new Map<string, number[]>();
let open = 0;

process.on("message", (message: Start | "arrivals") => {
  if (message === "arrivals") {
    process.send?.({ arrivals: Object.fromEntries(arrivals) });
    arrivals.clear();
  } else {
    void begin(message);
  }
});
process.on("disconnect", () => process.exit(0));

async function begin({ port, path, count }: Start): Promise<void> {
  for (let made = 0; made < count; made += 250)
    await Promise.all(Array.from({ length: Math.min(250, count - made) }, () => wait(port, path)));
  process.send?.({ waiting: open });
}

/** Resolves when the first head is there and the connection waits for the next. */
function wait(port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const ask = (etag: string) =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n` +
          (etag ? `if-none-match: ${etag}\r\nprefer: wait=30\r\n\r\n` : "\r\n"),
      );
    let known = "";
    socket.setEncoding("latin1");
    socket.on("connect", () => ask(""));
    socket.on("error", reject);
    socket.on("data", (part: string) => {
      text += part;
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      const etag = /etag: (\S+)/i.exec(text)?.[1] ?? "";
      text = text.slice(end + 4 + length);
      if (known === "") {
        open += 1;
        resolve();
      } else if (etag !== known) {
        const at = performance.timeOrigin + performance.now();
        const heard = arrivals.get(etag);
        if (heard) heard.push(at);
        else arrivals.set(etag, [at]);
      }
      known = etag;
      ask(etag);
    });
  });
}
