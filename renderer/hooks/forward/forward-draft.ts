import type { Hook, Input } from '../../../preload/contract/index.ts';
import { isUnencrypted } from '../../../preload/loopback.ts';

type Forward = NonNullable<Hook['forward']>;

/** What the form holds. The stored secret is never shown, so its field starts empty. */
export interface ForwardDraft {
  readonly url: string;
  readonly enabled: boolean;
  readonly secret: string;
  readonly removeSecret: boolean;
  /** Several events at once, in no order. */
  readonly parallel: boolean;
}

export function forwardDraftOf(forward: Forward | undefined): ForwardDraft {
  const { url = '', enabled = true, order } = forward ?? {};
  return { url, enabled, secret: '', removeSecret: false, parallel: order === 'parallel' };
}

/** What the host is requested to store. Without a secret in it, the stored one stays. */
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

/** Whether the stored secret stays with this URL; it is never used at another origin than the one it was entered for. */
export function secretStaysWith(forward: Forward | undefined, url: string): boolean {
  if (!forward?.signed) return false;
  const [stored, next] = [URL.parse(forward.url), URL.parse(url.trim())];
  return stored !== null && stored.origin === next?.origin;
}

/** Whether events would leave this computer without encryption. */
export function leavesUnencrypted(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && isUnencrypted(url);
}

/** Whether the text is an http or https URL; the host checks the rest. */
export function isWebUrl(text: string): boolean {
  return /^https?:$/.test(URL.parse(text.trim())?.protocol ?? '');
}
