import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount, Tidying } from '../../preload/contract.ts';
import { dayTimeOf } from '../clock.ts';
import { Dialog, ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer, useStatus } from '../queries.ts';
import { useNow } from '../time.tsx';
import { sizeWords } from './amount.ts';
import { kindOf } from './backup-list.ts';
import { useBackups } from './live-backups.ts';

interface TidyDialogProps {
  readonly account: BackupAccount;
  onClose(): void;
}

/** What the plan would remove, and what stays and why. Nothing goes before the user has seen exactly this. */
export function TidyDialog({ account: { connection, name }, onClose }: TidyDialogProps) {
  const { t } = useTranslation();
  const preview = useAnswer('backups.tidy', { connection });
  return (
    <Dialog wide title={t('tidy.title', { name })} onClose={onClose}>
      <ProblemNote problem={preview.error} onRetry={() => void preview.refetch()} />
      {!preview.data && !preview.error && <Loader size="sm" aria-label={t('common.loading')} />}
      {preview.data && <Preview connection={connection} plan={preview.data} onClose={onClose} />}
    </Dialog>
  );
}

interface PreviewProps {
  readonly connection: string;
  readonly plan: Tidying;
  onClose(): void;
}

function Preview({ connection, plan: { keep, remove }, onClose }: PreviewProps) {
  const { t } = useTranslation();
  const tidy = useAct('backups.tidy');
  const bin = useStatus()?.desktop ?? false;
  const count = remove.length;
  return (
    <Stack gap="md">
      <Text size="sm">{count === 0 ? t('tidy.nothing') : bin ? t('tidy.introBin') : t('tidy.introDelete')}</Text>
      {count > 0 && (
        <Group gap={0} className="tidy-part" role="group" aria-label={t('tidy.goes', { count })}>
          <Title order={3}>{t('tidy.goes', { count })}</Title>
          <ul className="tidy-list">
            {remove.map((id) => (
              <Entry key={id} id={id} />
            ))}
          </ul>
        </Group>
      )}
      <Group gap={0} className="tidy-part" role="group" aria-label={t('tidy.stays', { count: keep.length })}>
        <Title order={3}>{t('tidy.stays', { count: keep.length })}</Title>
        <ul className="tidy-list">
          {keep.map(({ id, reasons }) => (
            <Entry key={id} id={id} reasons={reasons} />
          ))}
        </ul>
      </Group>
      <ProblemNote problem={tidy.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {count === 0 ? t('common.close') : t('tidy.later')}
        </Button>
        {count > 0 && (
          <Button
            color="red.8"
            loading={tidy.isPending}
            onClick={() => tidy.mutate({ connection, apply: [...remove] }, { onSuccess: onClose })}
          >
            {bin ? t('tidy.applyBin', { count }) : t('tidy.applyDelete', { count })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Entry({ id, reasons }: { readonly id: string; readonly reasons?: readonly string[] }) {
  const { t } = useTranslation();
  const now = useNow();
  const backup = useBackups().data?.find((each) => each.id === id);
  const kind = backup && kindOf(backup);
  const bad = kind === 'altered' || kind === 'missing' ? [t(`backupKind.${kind}`)] : [];
  const words = [...bad, ...(reasons ?? []).map((reason) => reasonWords(t, reason))];
  return (
    <li className="tidy-entry">
      <span>{backup ? dayTimeOf(timeOf(backup), now) : t('tidy.older')}</span>
      <span className="faint tabular">{backup?.bytes === undefined ? '' : sizeWords(backup.bytes)}</span>
      <span className="faint">{words.join(', ')}</span>
    </li>
  );
}

const known = ['last', 'daily', 'weekly', 'monthly', 'oldest', 'no rule'] as const;

/** The host's reason ("daily", "oldest, daily") in words; as it is where we know none. */
function reasonWords(t: TFunction, reason: string): string {
  const parts = reason.split(', ').map((part) => {
    const key = known.find((each) => each === part);
    return key ? t(`tidy.reasons.${key}`) : part;
  });
  return parts.join(', ');
}

const timeOf = ({ doneAt, createdAt }: Backup) => doneAt ?? createdAt;
