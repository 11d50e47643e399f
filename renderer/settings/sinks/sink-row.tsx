import { Button, Group, Switch } from '@mantine/core';
import { IconSend, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SinkView } from '../../../preload/contract/index.ts';
import { messageText } from '../../message-text.ts';
import { ProblemNote, useRemove } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import { Ago } from '../../time.tsx';

/** One target of notifications: its state and its actions. */
export function SinkRow({ sink }: { readonly sink: SinkView }) {
  const { t } = useTranslation();
  const update = useAct('sinks.update');
  const test = useAct('sinks.test');
  const removal = useRemove();
  const { id, name, kind } = sink;
  // The host's program is set when the host is started.
  const fixed = kind === 'command';
  return (
    <li className="sink">
      <div className="sink-head">
        <div className="sink-text">
          <div className="row-name sink-name">{name}</div>
          <SinkState sink={sink} />
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconSend size={15} aria-hidden />}
            loading={test.isPending}
            onClick={() => test.mutate({ id })}
          >
            {t('sinks.test')}
          </Button>
          {!fixed && (
            <>
              <Button
                variant="default"
                className="danger"
                leftSection={<IconTrash size={15} aria-hidden />}
                loading={removal.isPending}
                onClick={() => removal.remove([{ method: 'sinks.remove', input: { id }, name }])}
              >
                {t('sinks.remove')}
              </Button>
              <Switch
                aria-label={t('sinks.enabled', { name })}
                checked={sink.enabled}
                onChange={({ currentTarget }) => update.mutate({ id, enabled: currentTarget.checked })}
              />
            </>
          )}
        </Group>
      </div>
      <div aria-live="polite" className="small faint">
        {test.isSuccess ? t('sinks.tested') : ''}
      </div>
      <ProblemNote problem={test.error ?? update.error ?? removal.error} />
    </li>
  );
}

function SinkState({
  sink: { target, name, waiting, lastSentAt, problem, problemMessage },
}: {
  readonly sink: SinkView;
}) {
  const { t } = useTranslation();
  return (
    <div className="small faint">
      {target !== name && <span>{target} · </span>}
      {waiting > 0 ? t('sinks.waiting', { count: waiting }) : lastSentAt ? t('sinks.sent') : t('sinks.idle')}{' '}
      {waiting === 0 && lastSentAt && <Ago time={lastSentAt} />}
      {problem && <div className="danger">{t('sinks.problem', { problem: messageText(problemMessage, problem) })}</div>}
    </div>
  );
}
