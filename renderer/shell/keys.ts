import { useEffect } from 'react';
import { type Page, pages } from '../view.ts';
import { useWindow } from '../window-context.ts';

/** The letter that opens a page after "g". */
const letterOf = {
  home: 'o',
  events: 'e',
  hooks: 'h',
  jobs: 'j',
  backups: 'b',
  connections: 'c',
  team: 't',
  settings: 's',
} as const satisfies Record<Page, string>;

/** The keys that open a page, as the user reads them. */
export const pageKeys = (page: Page): string => `G ${letterOf[page].toUpperCase()}`;

interface Shortcuts {
  onPalette(): void;
  onHelp(): void;
}

/** How long the second key may take after "g", in milliseconds. */
const sequenceTimeout = 1500;

/** "g" and a letter open the pages, "?" shows the keys, F8 leads to the latest toast, Ctrl or ⌘ K opens the commands. */
export function useShortcuts({ onPalette, onHelp }: Shortcuts): void {
  const { view } = useWindow();
  useEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      if (event.key === 'F8') return focusToast();
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (key !== 'k' || event.shiftKey) return;
        event.preventDefault();
        return onPalette();
      }
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return;
      const isSecond = event.timeStamp - startedAt < sequenceTimeout;
      startedAt = key === 'g' && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const page = isSecond ? pages.find((each) => letterOf[each] === key) : undefined;
      if (page) view.set({ page });
      else if (key === '?') onHelp();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [view, onPalette, onHelp]);
}

/** Moves the focus to what can be done about the latest toast. */
function focusToast(): void {
  const buttons = document.querySelectorAll<HTMLElement>('.mantine-Notifications-root button');
  [...buttons].at(-1)?.focus();
}

/** Whether keys belong to a field of text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
