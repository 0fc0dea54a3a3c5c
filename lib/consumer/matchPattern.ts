/** A whole path segment that is compared literally, or `*`. Unreserved characters and a few that no parser rewrites. */
const literal = /^[A-Za-z0-9._~!$&'()+,=:@-]+$/;
const origin = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9]\d{0,4})?$/;
const onlyDots = /^\.+$/;
const longestSegment = 256;
const longestPattern = 2_048;

/**
 * Whether this version understands a pattern of a namespace: `https`, a host as a URL parser writes it, and a path of
 * whole segments, each literal or `*`, at least one of them literal (docs/allowlist.md §3). No user, query, fragment,
 * empty segment, dots or percent-encoding. What is not understood must not be guessed.
 */
export function isPattern(pattern: unknown): pattern is string {
  if (typeof pattern !== "string" || pattern.length > longestPattern) return false;
  const { start, segments } = split(pattern);
  if (!origin.test(start) || segments.length === 0 || !segments.some((each) => each !== "*")) return false;
  return segments.every((each) => each === "*" || isPlain(each));
}

/**
 * Whether a client_id, as the string that was received, is one of the pattern's children. Nothing is decoded or
 * normalised: segment by segment the strings are equal, and where the pattern has `*` there is one whole segment of
 * plain characters, at most 256 of them. A pattern that is not understood matches nothing.
 */
export function matchPattern(pattern: string, clientId: string): boolean {
  if (!isPattern(pattern)) return false;
  const wanted = split(pattern);
  const given = split(clientId);
  return (
    given.start === wanted.start &&
    given.segments.length === wanted.segments.length &&
    wanted.segments.every((each, index) => {
      const segment = given.segments[index] as string;
      return each === "*" ? isPlain(segment) && segment.length <= longestSegment : each === segment;
    })
  );
}

function isPlain(segment: string): boolean {
  return literal.test(segment) && !onlyDots.test(segment);
}

/** Everything before the path, and the segments of the path. */
function split(text: string): { start: string; segments: string[] } {
  const [scheme = "", empty = "", host = "", ...segments] = text.split("/");
  return { start: `${scheme}/${empty}/${host}`, segments };
}
