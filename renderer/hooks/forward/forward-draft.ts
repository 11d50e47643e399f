import type { Hook, Input } from '../../../preload/contract/index.ts';
import { isUnencrypted } from '../../../preload/loopback.ts';

type Forward = NonNullable<Hook['forward']>;

/** The values of the form. The stored secret is never shown, so its field is empty at first. */
export interface ForwardDraft {
  readonly url: string;
  readonly enabled: boolean;
  readonly secret: string;
  readonly removeSecret: boolean;
  /** Whether several events are sent at once, in any order. */
  readonly parallel: boolean;
}

export function forwardDraftOf(forward: Forward | undefined): ForwardDraft {
  const { url = '', enabled = true, order } = forward ?? {};
  return { url, enabled, secret: '', removeSecret: false, parallel: order === 'parallel' };
}

/** The request for the host. Without a secret, the stored one is kept. */
export function forwardRequestOf(
  draft: ForwardDraft,
  stored: Forward | undefined,
): NonNullable<Input<'hooks.update'>['forward']> {
  const { enabled, secret, parallel } = draft;
  const removeSecret = draft.removeSecret && secretStaysWith(stored, draft.url);
  const change = removeSecret ? { secret: '' } : secret ? { secret } : {};
  const order = parallel ? 'parallel' : 'ordered';
  return { url: draft.url.trim(), enabled, ...change, ...(order !== (stored?.order ?? 'ordered') && { order }) };
}

/** Whether the stored secret is kept with this URL: it is only used for the origin for which it was entered. */
export function secretStaysWith(forward: Forward | undefined, url: string): boolean {
  if (!forward?.signed) return false;
  const [stored, next] = [URL.parse(forward.url), URL.parse(url.trim())];
  return stored !== null && stored.origin === next?.origin;
}

/** Whether events would leave this computer unencrypted. */
export function leavesUnencrypted(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && isUnencrypted(url);
}

/** Whether it is an http or https URL; the host validates the rest. */
export function isWebUrl(text: string): boolean {
  return /^https?:$/.test(URL.parse(text.trim())?.protocol ?? '');
}
