import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hook, Status } from '../../preload/contract/index.ts';
import { needsAttention } from '../hook-health.ts';
import { messageText } from '../message-text.ts';
import { countText } from '../numbers.ts';
import type { View } from '../view.ts';
import { useWindow } from '../window-context.ts';

const tunnelLight = { up: 'good', connecting: 'busy', down: 'bad', off: 'off', idle: 'off' } as const;
const tunnelText = {
  up: 'status.tunnelUp',
  connecting: 'status.tunnelConnecting',
  down: 'status.tunnelDown',
  off: 'status.tunnelOff',
  idle: 'status.tunnelIdle',
} as const;

interface ReachabilityProps {
  readonly status: Status;
  readonly hooks: readonly Hook[];
}

/** Whether callbacks can arrive: the state of tunnel, receiver and hooks. */
export function Reachability({ status: { tunnel, receiver }, hooks }: ReachabilityProps) {
  const { t } = useTranslation();
  const host = tunnel.url && URL.canParse(tunnel.url) ? new URL(tunnel.url).host : undefined;
  const settings: View = { page: 'settings' };
  return (
    <ul className="home-attention">
      <Line
        light={tunnelLight[tunnel.state]}
        name={t('status.tunnel')}
        state={t(tunnelText[tunnel.state])}
        detail={messageText(tunnel.reason, tunnel.problem) ?? host}
        target={settings}
      />
      <Line
        light={receiver.problem ? 'bad' : 'good'}
        name={t('status.receiver')}
        state={receiver.problem ? t('status.receiverDown') : t('status.receiverAt', { port: receiver.port })}
        detail={messageText(receiver.reason, receiver.problem)}
        target={settings}
      />
      <HooksLine hooks={hooks} />
    </ul>
  );
}

function HooksLine({ hooks }: { readonly hooks: readonly Hook[] }) {
  const { t } = useTranslation();
  const own = hooks.filter(({ ours }) => ours);
  const bad = own.filter(needsAttention).length;
  const paused = own.filter((hook) => hook.paused).length;
  const good = own.length - bad - paused;
  const light = bad > 0 ? 'bad' : good > 0 ? 'good' : 'off';
  const parts = [
    t('home.hooksActive', { count: good, number: countText(good) }),
    paused > 0 && t('home.hooksPaused', { count: paused, number: countText(paused) }),
    bad > 0 && t('home.attention.hooks', { count: bad }),
  ];
  return (
    <Line
      light={light}
      name={t('nav.hooks')}
      state={parts.filter(Boolean).join(' · ')}
      detail={undefined}
      target={{ page: 'hooks' }}
    />
  );
}

interface LineProps {
  readonly light: 'good' | 'busy' | 'bad' | 'off';
  readonly name: string;
  readonly state: string;
  readonly detail: string | undefined;
  readonly target: View;
}

function Line({ light, name, state, detail, target }: LineProps) {
  const { view } = useWindow();
  return (
    <li>
      <UnstyledButton className="home-row" onClick={() => view.set(target)}>
        <span className={`lamp-dot lamp-${light}`} aria-hidden />
        <span className="home-row-text home-reason">
          <span>
            {name} <span className="faint">{state}</span>
          </span>
          {detail && <span className="faint small">{detail}</span>}
        </span>
      </UnstyledButton>
    </li>
  );
}
