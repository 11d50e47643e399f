import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HookPlan } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { messageText } from '../../message-text.ts';
import { Dialog, Note, ProblemNote } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import { useRepairPlan } from './repair-plan.ts';
import { RepairProgress } from './repair-status.tsx';
import { Steps } from './repair-steps.tsx';

/** Checks all hooks and lists the repairs; applies them when the user agrees, and shows the results. */
export function RepairDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useRepairPlan();
  const repair = useAct('hooks.reconcile');
  const shown = repair.data ?? data;
  return (
    <Dialog wide title={t('repair.title')} onClose={onClose}>
      <Stack gap="md">
        <ProblemNote problem={repair.error ?? error} onRetry={() => void refetch()} />
        {!shown && isFetching && (
          <Group gap="sm" role="status">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{t('repair.checking')}</Text>
          </Group>
        )}
        {shown && <Outcome plan={shown} done={repair.isSuccess} />}
        {repair.isPending && <RepairProgress />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
          {!repair.isSuccess && (data?.steps.length ?? 0) > 0 && (
            <Button loading={repair.isPending} onClick={() => repair.mutate({})}>
              {t('repair.apply')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Outcome({
  plan: { steps, text, textMessage, problems, held },
  done,
}: {
  readonly plan: HookPlan;
  readonly done: boolean;
}) {
  const { t } = useTranslation();
  const names = useHookNames();
  const nothing = steps.length === 0;
  const failed = steps.some(({ problem }) => problem !== undefined);
  return (
    <>
      <Note kind={failed ? 'bad' : (nothing || done) && !held ? 'plain' : 'warn'} urgent>
        {nothing && !held ? t('repair.nothing') : messageText(textMessage, text)}
      </Note>
      {steps.length > 0 && <Steps steps={steps} done={done} />}
      {problems.length > 0 && (
        <Note kind="warn" title={t('hooks.problems', { count: problems.length })}>
          <ul className="note-list">
            {problems.map(({ connection, region, message, reason }) => (
              <li key={`${connection} ${region} ${message}`}>
                <strong>{[names.connection(connection), region].filter(Boolean).join(' · ')}</strong>:{' '}
                {messageText(reason, message)}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
