import type { Hook } from '../../preload/contract/index.ts';
import { type HookNames, scopeText } from '../hook-name.ts';

/** The hooks whose event (title or code), places or connection's name contain each word of the text. */
export function hooksMatching(hooks: readonly Hook[], text: string, names: HookNames): readonly Hook[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return hooks;
  return hooks.filter((hook) => {
    const searched = searchedTextOf(hook, names);
    return words.every((word) => searched.includes(word));
  });
}

function searchedTextOf(hook: Hook, names: HookNames): string {
  const parts = [names.short(hook), hook.event, hook.place, scopeText(hook.scope), names.connection(hook.connection)];
  return parts.filter(Boolean).join('\n').toLowerCase();
}
