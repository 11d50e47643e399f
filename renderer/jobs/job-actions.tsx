import { Button, Group } from '@mantine/core';
import { IconExternalLink, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/index.ts';
import { ConfirmDialog, ProblemNote } from '../parts/index.ts';
import { useAct, useProviderTitle } from '../queries.ts';
import { useWindow } from '../window-context.ts';

const size = 15;

export function JobActions({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const refresh = useAct('jobs.refresh');
  const open = useAct('jobs.open');
  const provider = useProviderTitle(job.connection);
  const [forgetting, setForgetting] = useState(false);
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
          onClick={() => setForgetting(true)}
        >
          {t('job.forget')}
        </Button>
      </Group>
      <ProblemNote problem={refresh.error ?? open.error} />
      {forgetting && <ForgetDialog id={job.id} onClose={() => setForgetting(false)} />}
    </>
  );
}

function ForgetDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const forget = useAct('jobs.forget');
  return (
    <ConfirmDialog
      title={t('job.forgetTitle')}
      text={t('job.forgetText')}
      action={t('job.forget')}
      danger
      pending={forget.isPending}
      problem={forget.error}
      onConfirm={() => forget.mutate({ id }, { onSuccess: () => view.set({ page: 'jobs' }) })}
      onClose={onClose}
    />
  );
}
