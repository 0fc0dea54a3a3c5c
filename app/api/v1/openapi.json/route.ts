import { openApi } from "../openApi.ts";

export const dynamic = "force-static";

export function GET(): Response {
  return Response.json(openApi);
}
