import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { ConfirmDialog, Dialog, useRemove } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import { BulkChoice } from './bulk-choice.tsx';
import { BulkReport } from './bulk-report.tsx';
import { type BulkAction, type BulkProgress, runBulk } from './bulk-run.ts';

interface BulkDialogProps {
  readonly hooks: readonly Hook[];
  onClose(): void;
}

interface Chosen {
  readonly action: BulkAction;
  readonly hooks: readonly Hook[];
}

/** Selects several hooks, confirms the action, and reports its results. */
export function BulkDialog({ hooks, onClose }: BulkDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>();
  const run = useBulkRun();
  const names = useHookNames();
  const removal = useRemove();
  if (!chosen) {
    return (
      <Dialog title={t('hookBulk.title')} onClose={onClose}>
        <BulkChoice hooks={hooks} onAction={(action, some) => setChosen({ action, hooks: some })} />
      </Dialog>
    );
  }
  const count = chosen.hooks.length;
  const remove = (some: readonly Hook[]) =>
    removal.remove(
      some.map((hook) => ({ method: 'hooks.remove', input: { id: hook.id }, name: names.short(hook) })),
      onClose,
    );
  if (!run.progress) {
    return (
      <ConfirmDialog
        title={t(`hookBulk.${chosen.action}Title`, { count })}
        text={t(`hookBulk.${chosen.action}`)}
        action={t(`hook.${chosen.action}`)}
        danger={chosen.action === 'remove'}
        pending={removal.isPending}
        problem={removal.error}
        onConfirm={() => (chosen.action === 'remove' ? remove(chosen.hooks) : run.start(chosen))}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={t('hookBulk.title')} onClose={onClose}>
      <BulkReport progress={run.progress} total={count} onClose={onClose} />
    </Dialog>
  );
}

/** Runs an action on several hooks; closing the dialog stops it after the current one. */
function useBulkRun() {
  const { mutateAsync: update } = useAct('hooks.update');
  const [progress, setProgress] = useState<BulkProgress>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = ({ action, hooks }: Chosen) => {
    running.current = new AbortController();
    setProgress({ done: 0, failures: [] });
    const act = ({ id }: Hook) => update({ id, status: action === 'pause' ? 'inactive' : 'active' });
    void runBulk({ hooks, signal: running.current.signal, act, onProgress: setProgress });
  };
  return { progress, start };
}
