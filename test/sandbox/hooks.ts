import type { Answer } from './caller.ts';

/** A hook that may be created, and where hooks are found: what the tests of the Webhooks service share. */
export const folder = 'urn:adsk.wipprod:fs.folder:co.ExampleRootFolder00001';
export const callbackUrl = 'http://localhost:9/in/key';
export const plain = { callbackUrl, scope: { folder } };
export const base = '/webhooks/v1';

export function path(system: string, event: string, id?: string): string {
  return `${base}/systems/${system}/events/${event}/hooks${id === undefined ? '' : `/${id}`}`;
}

/** Hooks on added versions, or one of them. */
export function added(id?: string): string {
  return path('data', 'dm.version.added', id);
}

interface Page {
  readonly links: { readonly next: string | null };
  readonly data: readonly Record<string, unknown>[];
}

export function pageOf(answer: Answer): Page {
  return answer.json() as unknown as Page;
}

export function idsOf(answer: Answer): unknown[] {
  return pageOf(answer).data.map((hook) => hook.hookId);
}
