import { letGoFrom } from "../letGoFrom.ts";

export const POST = letGoFrom(false);
