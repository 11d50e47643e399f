import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Status } from '../../preload/contract/index.ts';
import { shortOf } from '../clock.ts';
import { messageText } from '../message-text.ts';
import { useStatus } from '../queries.ts';
import { useWindow } from '../window-context.ts';

type Light = 'good' | 'busy' | 'bad' | 'off';
interface Lamp {
  readonly light: Light;
  readonly name: string;
  readonly state: string;
  readonly problem?: string | undefined;
  readonly host?: string | undefined;
}

const tunnelLight = { up: 'good', connecting: 'busy', down: 'bad', off: 'off', idle: 'off' } as const;
const tunnelText = {
  up: 'status.tunnelUp',
  connecting: 'status.tunnelConnecting',
  down: 'status.tunnelDown',
  off: 'status.tunnelOff',
  idle: 'status.tunnelIdle',
} as const;

/** The states of tunnel and receiver, always visible; a click opens their settings. */
export function StatusLights() {
  const { t } = useTranslation();
  const status = useStatus();
  if (!status) return null;
  return (
    <section className="lights" aria-label={t('status.label')}>
      <TunnelLamp {...status.tunnel} />
      <ReceiverLamp {...status.receiver} />
      {(status.quietUntil || status.doNotDisturb) && <PausedBell until={status.quietUntil} />}
    </section>
  );
}

function TunnelLamp({ provider, state, problem, reason, url, chain }: Status['tunnel']) {
  const { t } = useTranslation();
  const host = url && URL.canParse(url) ? new URL(url).host : undefined;
  // The provider is named only where several are set up.
  const tunnelName = chain && t(`settings.${provider}`);
  return (
    <LampButton
      light={tunnelLight[state]}
      name={t('status.tunnel')}
      state={t(tunnelText[state])}
      problem={messageText(reason, problem)}
      host={[tunnelName, host].filter(Boolean).join(' · ') || undefined}
    />
  );
}

function ReceiverLamp({ port, ...receiver }: Status['receiver']) {
  const { t } = useTranslation();
  const problem = messageText(receiver.reason, receiver.problem);
  const state = problem ? t('status.receiverDown') : t('status.receiverAt', { port });
  return <LampButton light={problem ? 'bad' : 'good'} name={t('status.receiver')} state={state} problem={problem} />;
}

/** A crossed-out bell while notifications are paused; without an end, the system pauses them. */
function PausedBell({ until }: { readonly until: string | undefined }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const text = until === undefined ? t('status.doNotDisturb') : t('status.paused', { time: shortOf(until) });
  return (
    <Tooltip label={text} position="right">
      <UnstyledButton className="lamp" aria-label={text} onClick={() => view.set({ page: 'settings' })}>
        <IconBellOff size={15} aria-hidden />
        <span className="wide-only lamp-text faint">{text}</span>
      </UnstyledButton>
    </Tooltip>
  );
}

function LampButton({ light, name, state, problem, host }: Lamp) {
  const { view } = useWindow();
  const text = [`${name}: ${state}`, problem ?? host].filter(Boolean).join('. ');
  return (
    <Tooltip label={text} position="right" multiline maw={320}>
      <UnstyledButton className="lamp" onClick={() => view.set({ page: 'settings' })}>
        <span className={`lamp-dot lamp-${light}`} aria-hidden="true" />
        <span className="wide-only lamp-text">
          <span>
            {name} <span className="faint">{state}</span>
          </span>
          {problem ? <span className="lamp-detail">{problem}</span> : host && <span className="lamp-host">{host}</span>}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
