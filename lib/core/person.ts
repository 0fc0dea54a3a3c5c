import { z } from "zod";

export const emailInput = z
  .string({ error: "Enter an e-mail address." })
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .regex(/^[^\s@]+@[^\s@]+$/, "Enter an e-mail address such as mara@example.com.");

export const nameInput = z
  .string({ error: "Enter a name." })
  .trim()
  .min(1, "Enter a name.")
  .max(120, "At most 120 characters.")
  .regex(
    // Joiners of scripts that need them (U+200C, U+200D) are letters of a name; these are tricks.
    /^[^\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$/u,
    "Enter a name without control, direction or invisible characters.",
  );

/** NIST SP 800-63B: length decides, composition rules do not help. */
export const passwordInput = z
  .string({ error: "Enter a password." })
  .min(12, "Use at least 12 characters: a few words are fine.")
  .max(256, "At most 256 characters.");

export const reasonInput = z
  .string({ error: "Say why, in a sentence." })
  .trim()
  .min(3, "Say why, in a sentence that the owner and an auditor will read.")
  .max(2_000, "At most 2,000 characters.")
  .regex(/^[^\0]*$/, "Write it without the character NUL.");
