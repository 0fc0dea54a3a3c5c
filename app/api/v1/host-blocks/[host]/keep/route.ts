import { liftFrom } from "../liftFrom.ts";

export const POST = liftFrom(true);
