/** Whether one client_id could belong to both patterns. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [one.split("/"), other.split("/")];
  return (
    a.length === b.length &&
    a.every((segment, index) => segment === b[index] || segment === "*" || b[index] === "*")
  );
}
