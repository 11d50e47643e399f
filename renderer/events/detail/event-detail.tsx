import './event-detail.css';
import { Badge, Button, Group, Loader, Tabs, Title, Tooltip } from '@mantine/core';
import { IconHistory, IconRepeat, IconSend, IconShieldCheck, IconShieldHalf } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventDetail as Detail } from '../../../preload/contract/index.ts';
import { messageText } from '../../message-text.ts';
import { MuteMenu, Note, ProblemNote } from '../../parts/index.ts';
import { useAnswer } from '../../queries.ts';
import { EventIcon, outcomeOf } from '../event-icon.tsx';
import { EventBody } from './event-body.tsx';
import { EventHeaders } from './event-headers.tsx';
import { EventOverview } from './event-overview.tsx';
import { SendDialog } from './send-dialog.tsx';

/** One event with all details. */
export function EventDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data: event, error, refetch } = useAnswer('events.get', { id });
  if (error) return <ProblemNote problem={error} title={t('event.failed')} onRetry={() => void refetch()} />;
  if (!event) return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  const summary = messageText(event.summaryMessage, event.summary);
  return (
    <div className="detail">
      <div className="detail-head">
        <EventIcon event={event} />
        <div>
          <Title order={2}>{messageText(event.titleMessage, event.title)}</Title>
          {summary && event.outcome !== 'failed' && <p className="detail-summary">{summary}</p>}
        </div>
      </div>
      <Badges event={event} />
      <Reason event={event} />
      <EventActions event={event} />
      <Tabs defaultValue="facts" className="detail-tabs" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="facts">{t('event.details')}</Tabs.Tab>
          <Tabs.Tab value="body">{t('event.body')}</Tabs.Tab>
          <Tabs.Tab value="headers">{t('event.headers')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="facts">
          <EventOverview event={event} />
        </Tabs.Panel>
        <Tabs.Panel value="body">
          <EventBody event={event} />
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <EventHeaders headers={(event.shown ?? event).headers} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** Why it failed, according to the event and its job. */
function Reason({ event }: { readonly event: Detail }) {
  const { t } = useTranslation();
  const isFailed = event.outcome === 'failed';
  const jobs = useAnswer('jobs.about', { event: event.id }, { enabled: isFailed }).data ?? [];
  if (!isFailed) return null;
  const errors = jobs.flatMap(({ messages = [], problem, problemMessage }) => [
    ...messages.filter(({ kind }) => kind === 'error').map(({ text }) => text),
    ...(problem === undefined ? [] : [messageText(problemMessage, problem)]),
  ]);
  const summary = messageText(event.summaryMessage, event.summary);
  const known = [...new Set([...(summary ? [summary] : []), ...errors])];
  const reasons = known.length > 0 ? known : [t('event.noReason')];
  return (
    <Note kind="bad" title={t('event.reason')}>
      {reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
    </Note>
  );
}

function EventActions({ event }: { readonly event: Detail }) {
  const { t } = useTranslation();
  const [sending, setSending] = useState(false);
  return (
    <Group gap="xs" align="flex-start">
      <MuteMenu target={{ event: event.id }} />
      <Button variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={() => setSending(true)}>
        {t('sendEvent.open')}
      </Button>
      {sending && <SendDialog event={event} onClose={() => setSending(false)} />}
    </Group>
  );
}

function Badges({ event }: { readonly event: Detail }) {
  const { t } = useTranslation();
  const verified = event.verified;
  const signed = verified === 'signature';
  const kind = outcomeOf(event);
  return (
    <Group gap="xs">
      <Mark
        color={signed ? 'green' : 'gray'}
        icon={signed ? <IconShieldCheck size={14} aria-hidden /> : <IconShieldHalf size={14} aria-hidden />}
        help={t(`event.${verified}Help`)}
      >
        {t(`event.${verified}`)}
      </Mark>
      {event.recovered && (
        <Mark color="gray" icon={<IconHistory size={14} aria-hidden />} help={t('event.recoveredHelp')}>
          {t('event.recovered')}
        </Mark>
      )}
      {kind === 'unreadable' && (
        <Mark color="yellow" help={t('event.unreadableHelp')}>
          {t('outcome.unreadable')}
        </Mark>
      )}
      {event.deliveries > 1 && (
        <Mark color="gray" icon={<IconRepeat size={14} aria-hidden />} help={t('event.deliveriesHelp')}>
          {t('event.deliveries', { count: event.deliveries })}
        </Mark>
      )}
    </Group>
  );
}

interface MarkProps {
  readonly color: string;
  readonly help: string;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

function Mark({ color, help, icon, children }: MarkProps) {
  return (
    <Tooltip label={help} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Badge className={`mark mark-${color}`} variant="default" leftSection={icon} tabIndex={0}>
        {children}
      </Badge>
    </Tooltip>
  );
}
