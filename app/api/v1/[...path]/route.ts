import { problem } from "../respond.ts";

function nothingHere(): Response {
  return problem(
    404,
    "not-found",
    "Not found",
    "There is nothing here. See /api/v1/openapi.json for what there is.",
  );
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
