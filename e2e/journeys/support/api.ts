import type { APIResponse, Page } from "@playwright/test";
import { test } from "./journey.ts";

/** Reads the API with the session of a page. */
export async function read<T>(page: Page, path: string): Promise<T> {
  return body<T>(await page.request.get(`/api/v1${path}`));
}

/** Sends to the API with the session of a page, as a script of our own pages would. */
export async function send<T>(page: Page, path: string, data: unknown): Promise<T> {
  return body<T>(await page.request.post(`/api/v1${path}`, { data, headers: { origin: origin() } }));
}

/** Where the installation is, without a slash at the end. */
export function origin(): string {
  return new URL(test.info().project.use.baseURL ?? "").origin;
}

async function body<T>(response: APIResponse): Promise<T> {
  if (!response.ok())
    throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  return (await response.json()) as T;
}
