import type { Channel } from "./Channel.ts";
import { email } from "./email.ts";
import { slack } from "./slack.ts";
import { syslog } from "./syslog.ts";
import { webhook } from "./webhook.ts";

/** Every kind of channel: one file, one line. */
export const channels: readonly Channel[] = [webhook, slack, email, syslog];
