import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount, PrunePreview } from '../../preload/contract/index.ts';
import { dayTimeOf } from '../clock.ts';
import { sizeText } from '../numbers.ts';
import { Dialog, ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer, useStatus } from '../queries.ts';
import { useNow } from '../time.tsx';
import { kindOf } from './backup-list.ts';
import { useBackups } from './live-backups.ts';

interface PruneDialogProps {
  readonly account: BackupAccount;
  onClose(): void;
}

/** What the retention settings would remove and retain, and why. Nothing is removed before the user has seen this list. */
export function PruneDialog({ account: { connection, name }, onClose }: PruneDialogProps) {
  const { t } = useTranslation();
  const preview = useAnswer('backups.tidy', { connection });
  return (
    <Dialog wide title={t('prune.title', { name })} onClose={onClose}>
      <ProblemNote problem={preview.error} onRetry={() => void preview.refetch()} />
      {!preview.data && !preview.error && <Loader size="sm" aria-label={t('common.loading')} />}
      {preview.data && <Preview connection={connection} plan={preview.data} onClose={onClose} />}
    </Dialog>
  );
}

interface PreviewProps {
  readonly connection: string;
  readonly plan: PrunePreview;
  onClose(): void;
}

function Preview({ connection, plan: { keep, remove }, onClose }: PreviewProps) {
  const { t } = useTranslation();
  const prune = useAct('backups.tidy');
  const bin = useStatus()?.desktop ?? false;
  const count = remove.length;
  return (
    <Stack gap="md">
      <Text size="sm">{count === 0 ? t('prune.nothing') : bin ? t('prune.introBin') : t('prune.introDelete')}</Text>
      {count > 0 && (
        <Group gap={0} className="prune-part" role="group" aria-label={t('prune.removed', { count })}>
          <Title order={3}>{t('prune.removed', { count })}</Title>
          <ul className="prune-list">
            {remove.map((id) => (
              <Entry key={id} id={id} />
            ))}
          </ul>
        </Group>
      )}
      <Group gap={0} className="prune-part" role="group" aria-label={t('prune.retained', { count: keep.length })}>
        <Title order={3}>{t('prune.retained', { count: keep.length })}</Title>
        <ul className="prune-list">
          {keep.map(({ id, reasons }) => (
            <Entry key={id} id={id} reasons={reasons} />
          ))}
        </ul>
      </Group>
      <ProblemNote problem={prune.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {count === 0 ? t('common.close') : t('prune.later')}
        </Button>
        {count > 0 && (
          <Button
            color="red.8"
            loading={prune.isPending}
            onClick={() => prune.mutate({ connection, apply: [...remove] }, { onSuccess: onClose })}
          >
            {bin ? t('prune.applyBin', { count }) : t('prune.applyDelete', { count })}
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
  const text = [...bad, ...(reasons ?? []).map((reason) => reasonText(t, reason))];
  return (
    <li className="prune-entry">
      <span>{backup ? dayTimeOf(timeOf(backup), now) : t('prune.older')}</span>
      <span className="faint tabular">{backup?.bytes === undefined ? '' : sizeText(backup.bytes)}</span>
      <span className="faint">{text.join(', ')}</span>
    </li>
  );
}

const known = ['last', 'daily', 'weekly', 'monthly', 'oldest', 'no rule'] as const;

/** The reason of the host ("daily", "oldest, daily") as text; unknown reasons unchanged. */
function reasonText(t: TFunction, reason: string): string {
  const parts = reason.split(', ').map((part) => {
    const key = known.find((each) => each === part);
    return key ? t(`prune.reasons.${key}`) : part;
  });
  return parts.join(', ');
}

const timeOf = ({ doneAt, createdAt }: Backup) => doneAt ?? createdAt;
