import { z } from "zod";
import { emailInput } from "#lib/core/person.ts";
import { defineChannel } from "./Channel.ts";
import { digestMail, noticeMail } from "./mailText.ts";

const hourOfDay = "A whole hour from 0 to 23.";

/** Mail through the server of ROLLCALL_SMTP_URL: critical and high at once, the rest once a day. */
export const email = defineChannel({
  kind: "email",
  title: "E-mail",
  about: "Critical and high at once, the rest in one digest a day.",
  fields: [
    {
      name: "to",
      label: "To",
      input: "list",
      placeholder: "security@example.com",
      hint: "One address per line, at most 20. All see each other.",
    },
    {
      name: "digestHour",
      label: "Digest at",
      input: "number",
      value: "7",
      hint: "Hour of the day in UTC, 0 to 23. Without news there is no digest.",
    },
  ],
  secrets: [],
  gathers: true,
  settings: z.object({
    to: z.preprocess(
      (value) => (typeof value === "string" ? value.split(/[\s,;]+/).filter(Boolean) : value),
      z
        .array(
          emailInput.regex(
            /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/,
            "Enter plain addresses, one per line.",
          ),
          {
            error: "Enter an e-mail address.",
          },
        )
        .min(1, "Enter at least one address.")
        .max(20, "At most 20 addresses."),
    ),
    digestHour: z.coerce
      .number({ error: hourOfDay })
      .int(hourOfDay)
      .min(0, hourOfDay)
      .max(23, hourOfDay)
      .default(7),
  }),
  where: ({ to }) => (to.length === 1 ? (to[0] ?? "") : `${to[0]} and ${to.length - 1} more`),
  send: (message, { to }, hands) =>
    hands.sendMail({
      to,
      id: message.id,
      ...(message.digest ? digestMail(message.digest, message.more) : noticeMail(message)),
    }),
});
