import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldRemoval } from '../../preload/contract/index.ts';
import { showUndo } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';
import { isTyping } from './keys.ts';

/** A toast for each pending removal with a button that undoes it; Ctrl or ⌘ Z undoes the latest. */
export function RemovalToasts() {
  const { t } = useTranslation();
  const held = useAnswer('removals.list', {}).data;
  const undo = useUndo();
  const shown = useRef(new Set<string>());
  useEffect(() => {
    if (!held) return;
    const ids = new Set(held.map(({ id }) => id));
    for (const id of [...shown.current].filter((one) => !ids.has(one))) {
      notifications.hide(id);
      shown.current.delete(id);
    }
    for (const removal of held.filter(({ id }) => !shown.current.has(id))) {
      shown.current.add(removal.id);
      showToast(removal, t, undo);
    }
  }, [held, t, undo]);
  useUndoKey(held, undo);
  return null;
}

function showToast({ id, removals }: HeldRemoval, t: TFunction, undo: (id: string) => void): void {
  const [first] = removals;
  const text =
    first && removals.length === 1
      ? t('removal.one', { name: first.name })
      : t('removal.several', { count: removals.length });
  showUndo({ id, text, action: t('common.undo'), undo: () => undo(id) });
}

function useUndo(): (id: string) => void {
  const { t } = useTranslation();
  const { mutate } = useAct('removals.undo');
  const latest = useRef<(id: string) => void>(undefined);
  latest.current = (id) => {
    const onSuccess = ({ undone }: { readonly undone: boolean }) =>
      void (undone || notifications.show({ message: t('removal.tooLate') }));
    mutate({ id }, { onSuccess });
  };
  const stable = useRef((id: string) => latest.current?.(id));
  return stable.current;
}

function useUndoKey(held: readonly HeldRemoval[] | undefined, undo: (id: string) => void): void {
  useEffect(() => {
    const last = held?.at(-1);
    if (!last) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (!isUndo || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      undo(last.id);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [held, undo]);
}
