import { z } from "zod";
import { grantsInput } from "#lib/core/clientInput.ts";
import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import { hostFault } from "./hostFault.ts";

/** Methods that CIMD leaves: a document cannot carry a shared secret. */
export const namespaceMethods = ["none", "private_key_jwt"] as const;
export const namespaceGrantTypes = [
  "authorization_code",
  "refresh_token",
  "urn:ietf:params:oauth:grant-type:device_code",
] as const;

const hostInput = z
  .string()
  .trim()
  .max(260)
  .superRefine((host, ctx) => {
    const url = URL.parse(`https://${host}/`);
    if (!url || url.host !== host || !/^[a-z0-9.:-]+$/.test(host))
      ctx.addIssue({
        code: "custom",
        message:
          url && url.host !== host
            ? `Write ${url.host}: hosts are compared as they are written.`
            : `"${host}" is no host. Write it without https:// and without a path.`,
      });
    else if (specialUseName(url.hostname))
      ctx.addIssue({ code: "custom", message: `${host} is ${specialUseName(url.hostname)}.` });
    else {
      const fault = hostFault(url.hostname);
      if (fault) ctx.addIssue({ code: "custom", message: fault });
    }
  });

/** What every client of a namespace must keep to, as somebody enters it. Lists come out sorted: one meaning, one digest. */
export const constraintsInput = z
  .object({
    redirectHosts: z.array(hostInput).max(20, "At most 20 hosts.").transform(sorted),
    loopback: z.boolean(),
    methods: z.array(z.enum(namespaceMethods)).min(1, "Choose at least one.").transform(sorted),
    keyHost: hostInput.optional(),
    grantTypes: z.array(z.enum(namespaceGrantTypes)).min(1, "Choose at least one.").transform(sorted),
    grants: grantsInput.transform((grants) =>
      grants
        .map(({ resource, scopes }) => ({ resource, scopes: sorted(scopes) }))
        .toSorted((a, b) => (a.resource < b.resource ? -1 : 1)),
    ),
    mostChildren: z.coerce
      .number({ error: "Enter a number." })
      .int("Enter a whole number.")
      .min(1, "At least one.")
      .max(1_000_000, "At most 1,000,000."),
  })
  .superRefine((given, ctx) => {
    if (given.redirectHosts.length === 0 && !given.loopback)
      ctx.addIssue({
        code: "custom",
        path: ["redirectHosts"],
        message: "Name at least one host, or allow loopback: otherwise nobody could sign in.",
      });
  });

export const namespaceDaysInput = z.coerce
  .number({ error: "Enter a number of days." })
  .int("Enter whole days.")
  .min(1, "At least one day.")
  .max(365, "At most 365 days: nobody looks at the clients, so somebody looks at the namespace once a year.");

function sorted<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].toSorted();
}
