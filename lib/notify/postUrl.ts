import { z } from "zod";

/** An address to post to. Whether it may be reached is judged by the guard when something is sent. */
export const postUrl = z
  .string({ error: "Enter an address that begins with https://." })
  .trim()
  .max(2_048, "At most 2,048 characters.")
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.hash;
  }, "Enter an address that begins with https://, without a user name and without #.");
