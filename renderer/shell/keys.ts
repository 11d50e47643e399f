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

/** The keys that open a page, for display. */
export const pageKeys = (page: Page): string => `G ${letterOf[page].toUpperCase()}`;

interface Shortcuts {
  onPalette(): void;
  onHelp(): void;
}

/** Milliseconds for the second key after "g". */
const sequenceTimeout = 1500;

/** "g" and a letter open pages, "?" the list of keys, F8 focuses the latest toast, Ctrl or ⌘ K opens the commands. */
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

/** Moves the focus to the action of the latest toast. */
function focusToast(): void {
  const buttons = document.querySelectorAll<HTMLElement>('.mantine-Notifications-root button');
  [...buttons].at(-1)?.focus();
}

/** Whether keys are typed into a text field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
