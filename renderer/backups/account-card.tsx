import { Button, Group, Title } from '@mantine/core';
import { IconCalendarTime, IconStack2 } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount } from '../../preload/contract/index.ts';
import { dayTimeOf } from '../clock.ts';
import { messageText } from '../message-text.ts';
import { sizeText } from '../numbers.ts';
import { Note, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { useNow } from '../time.tsx';
import { hoursText } from './amount.ts';
import { LastVerified } from './last-verified.tsx';
import { overdueOf } from './overdue.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { retentionText, scheduleText } from './plan-text.ts';
import { PruneDialog } from './prune-dialog.tsx';
import { RunningBackup } from './running-backup.tsx';
import { StartButton } from './start-button.tsx';

interface AccountCardProps {
  readonly account: BackupAccount;
  /** Its backups in progress. */
  readonly running: readonly Backup[];
  onOpen(id: string): void;
}

/** One account: its last verified backup, and which backups are overdue, in progress and scheduled. */
export function AccountCard({ account, running, onOpen }: AccountCardProps) {
  const { t } = useTranslation();
  const start = useAct('backups.start');
  const [joined, setJoined] = useState(false);
  const begin = (request: string) =>
    start.mutate(
      { connection: account.connection, request },
      { onSuccess: ({ id }) => setJoined(running.some((backup) => backup.id === id)) },
    );
  return (
    <li className="card backup-card">
      <div className="account-head">
        <div>
          <Title order={2}>{account.name}</Title>
          <LastVerified account={account} onOpen={onOpen} />
          <LastElsewhere account={account} />
        </div>
        <StartButton account={account} pending={start.isPending} onStart={begin} />
      </div>
      <ProblemNote problem={start.error} title={t('backups.startFailed')} />
      <Overdue account={account} />
      {account.waiting && (
        <Note kind="warn" title={t('backups.waiting')}>
          {messageText(account.waitingMessage, account.waiting)}
        </Note>
      )}
      {running.map((backup) => (
        <RunningBackup key={backup.id} id={backup.id} />
      ))}
      <div aria-live="polite" className="faint small">
        {joined && running.length > 0 ? t('backups.joined') : ''}
      </div>
      <Plan account={account} />
    </li>
  );
}

/** The latest backup that another computer of the team made, with its folder there. */
function LastElsewhere({ account: { lastElsewhere } }: { readonly account: BackupAccount }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!lastElsewhere) return null;
  const { computer, at, bytes, verified, file } = lastElsewhere;
  const made = { computer, time: dayTimeOf(at, now), size: sizeText(bytes) };
  return (
    <div className="faint small" title={file}>
      {verified ? t('backups.elsewhere', made) : t('backups.elsewhereUnverified', made)}
    </div>
  );
}

/** A warning that is shown while the account is overdue. */
function Overdue({ account }: { readonly account: BackupAccount }) {
  const { t } = useTranslation();
  const now = useNow();
  const overdue = overdueOf(account, now);
  if (!overdue) return null;
  const title =
    overdue.hours === undefined ? t('backups.overdueNever') : t('backups.overdue', { time: hoursText(overdue.hours) });
  return (
    <Note kind="bad" title={title}>
      {t('backups.overdueHelp')}
    </Note>
  );
}

function Plan({ account }: { readonly account: BackupAccount }) {
  const { t } = useTranslation();
  const now = useNow();
  const [dialog, setDialog] = useState<'plan' | 'prune'>();
  const { plan, nextAt } = account;
  const text = [
    nextAt ? nextText(t, nextAt, now) : scheduleText(t, plan.schedule),
    retentionText(t, plan.keep),
    plan.overdueHours === null ? t('plan.noWarning') : t('plan.warns', { time: hoursText(plan.overdueHours) }),
  ];
  const close = () => setDialog(undefined);
  return (
    <div className="account-plan">
      <div className="faint small">{text.join(' · ')}</div>
      <Group gap="xs" className="account-actions" role="group" aria-label={t('plan.actions', { name: account.name })}>
        <Button
          variant="default"
          leftSection={<IconCalendarTime size={15} aria-hidden />}
          onClick={() => setDialog('plan')}
        >
          {t('plan.edit')}
        </Button>
        {plan.keep && (
          <Button
            variant="default"
            leftSection={<IconStack2 size={15} aria-hidden />}
            onClick={() => setDialog('prune')}
          >
            {t('prune.open')}
          </Button>
        )}
      </Group>
      {dialog === 'plan' && (
        <PlanDialog account={account} onClose={close} onRetentionChanged={() => setDialog('prune')} />
      )}
      {dialog === 'prune' && <PruneDialog account={account} onClose={close} />}
    </div>
  );
}

function nextText(t: TFunction, nextAt: string, now: number): string {
  const time = dayTimeOf(nextAt, now);
  return Date.parse(nextAt) <= now ? t('plan.due', { time }) : t('plan.next', { time });
}
