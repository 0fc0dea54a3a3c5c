/** Addresses of screens that others link to. */
export const clientPath = (id: string) => `/clients/${id}`;
export const copyPath = (id: string) => `${clientPath(id)}/document`;
export const keysPath = (id: string) => `${clientPath(id)}/keys`;
export const blockedHostsPath = "/unknown#blocked";
export const reviewPath = (number: number) => `/requests/${number}`;
export const namespacePath = (number: number) => `/namespaces/${number}`;
export const clientsPath = (query: string) => `/clients?q=${encodeURIComponent(query)}`;
export const releasePath = (slug: string, rev?: number) =>
  `/releases/${slug}${rev === undefined ? "" : `?rev=${rev}`}`;
export const serverPath = (slug: string) => `/servers/${slug}`;
export const findingPath = (number: number, query = "") =>
  `/findings/${number}${query ? `?q=${encodeURIComponent(query)}` : ""}`;
export const findingsPath = (query: string) =>
  query ? `/findings?q=${encodeURIComponent(query)}` : "/findings";
export const rulePath = (id: string) => `/rules/${encodeURIComponent(id)}`;
