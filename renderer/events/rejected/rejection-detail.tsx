import { Anchor, Loader, Select, Tabs, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RejectionDetail as Detail } from '../../../preload/contract/index.ts';
import { exactOf } from '../../clock.ts';
import { useHookNames } from '../../hook-name.ts';
import { messageText } from '../../message-text.ts';
import { sizeText } from '../../numbers.ts';
import { Fact, Facts, Note, ProblemNote } from '../../parts/index.ts';
import { useAnswer, useHooks } from '../../queries.ts';
import { Moment } from '../../time.tsx';
import { useWindow } from '../../window-context.ts';
import { EventBody } from '../detail/event-body.tsx';
import { EventHeaders } from '../detail/event-headers.tsx';
import { CheckForm } from './check-form.tsx';

interface RejectionDetailProps {
  readonly id: string;
  /** The deliveries that were rejected for the same reason, latest first. */
  readonly others: readonly { readonly id: string; readonly at: string }[];
  onOpen(id: string): void;
}

/** One rejected delivery with all details. */
export function RejectionDetail({ id, others, onOpen }: RejectionDetailProps) {
  const { t } = useTranslation();
  const { data: rejection, error, refetch } = useAnswer('rejections.get', { id });
  if (error) return <ProblemNote problem={error} title={t('rejected.failed')} onRetry={() => void refetch()} />;
  if (!rejection) return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  return (
    <div className="detail">
      <div className="detail-head">
        <Title order={2}>{messageText(rejection.reasonMessage, rejection.reason)}</Title>
      </div>
      {others.length > 1 && (
        <Select
          label={t('rejected.times', { count: others.length })}
          data={others.map(({ id: value, at }) => ({ value, label: exactOf(at) }))}
          value={id}
          allowDeselect={false}
          onChange={(chosen) => chosen && onOpen(chosen)}
        />
      )}
      <Differences rejection={rejection} />
      {rejection.checkable && <CheckForm id={id} />}
      <RejectionTabs rejection={rejection} />
    </div>
  );
}

function Differences({ rejection: { differences } }: { readonly rejection: Detail }) {
  const { t } = useTranslation();
  if (differences.length === 0) return null;
  return (
    <Note kind="warn" title={t('rejected.differs')}>
      {differences.map(({ text, message }) => (
        <div key={text}>{messageText(message, text)}</div>
      ))}
    </Note>
  );
}

function RejectionTabs({ rejection }: { readonly rejection: Detail }) {
  const { t } = useTranslation();
  const { delivery, hook } = rejection;
  if (!delivery) return <RejectionFacts rejection={rejection} />;
  return (
    <Tabs defaultValue="facts" className="detail-tabs" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="facts">{t('event.details')}</Tabs.Tab>
        <Tabs.Tab value="body">{t('event.body')}</Tabs.Tab>
        <Tabs.Tab value="headers">{t('event.headers')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="facts">
        <RejectionFacts rejection={rejection} />
      </Tabs.Panel>
      <Tabs.Panel value="body">
        <EventBody event={{ ...delivery, hook }} />
      </Tabs.Panel>
      <Tabs.Panel value="headers">
        <EventHeaders headers={(delivery.shown ?? delivery).headers} />
      </Tabs.Panel>
    </Tabs>
  );
}

function RejectionFacts({ rejection: { receivedAt, hook: id, delivery } }: { readonly rejection: Detail }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const names = useHookNames();
  const hook = useHooks().data?.find((one) => one.id === id);
  return (
    <Facts>
      <Fact label={t('event.receivedAt')}>
        <Moment time={receivedAt} />
      </Fact>
      <Fact label={t('event.hook')}>
        {hook ? (
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="left"
            onClick={() => view.set({ page: 'hooks', hook: hook.id })}
          >
            {names.long(hook)}
          </Anchor>
        ) : (
          t('rejected.unknownHook')
        )}
      </Fact>
      <Fact label={t('rejected.method')}>{delivery && <code>{delivery.method}</code>}</Fact>
      <Fact label={t('rejected.size')}>{delivery && sizeText(delivery.size)}</Fact>
    </Facts>
  );
}
