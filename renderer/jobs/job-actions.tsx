import { Button, Group } from '@mantine/core';
import { IconExternalLink, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/index.ts';
import { ProblemNote, useRemove } from '../parts/index.ts';
import { useAct, useProviderTitle } from '../queries.ts';
import { useWindow } from '../window-context.ts';

const size = 15;

export function JobActions({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const refresh = useAct('jobs.refresh');
  const open = useAct('jobs.open');
  const provider = useProviderTitle(job.connection);
  const { view } = useWindow();
  const removal = useRemove();
  const forget = () =>
    removal.remove([{ method: 'jobs.forget', input: { id: job.id }, name: job.name }], () =>
      view.set({ page: 'jobs' }),
    );
  const openPage = () =>
    open.mutate(
      { id: job.id },
      { onSuccess: ({ opened, url }) => void (opened || window.open(url, '_blank', 'noopener,noreferrer')) },
    );
  return (
    <>
      <Group gap="xs">
        {job.page !== undefined && (
          <Button leftSection={<IconExternalLink size={size} aria-hidden />} onClick={openPage}>
            {t('job.open', { provider })}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconRefresh size={size} aria-hidden />}
          loading={refresh.isPending}
          onClick={() => refresh.mutate({ id: job.id })}
        >
          {t('job.refresh')}
        </Button>
        <Button
          variant="default"
          className="danger"
          leftSection={<IconTrash size={size} aria-hidden />}
          title={t('job.forgetHelp')}
          loading={removal.isPending}
          onClick={forget}
        >
          {t('job.forget')}
        </Button>
      </Group>
      <ProblemNote problem={refresh.error ?? open.error ?? removal.error} />
    </>
  );
}
