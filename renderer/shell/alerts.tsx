import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../preload/contract/index.ts';
import { messageText, problemText } from '../message-text.ts';
import { Note } from '../parts/index.ts';
import { useAct, useStatus } from '../queries.ts';
import { useSignal } from '../signal.ts';
import { Ago } from '../time.tsx';
import { useWindow } from '../window-context.ts';

/** Alerts that are shown on all pages; nothing without any. */
export function Alerts() {
  const { t } = useTranslation();
  const { tunnel, receiver, warnings, copied, duplicate } = useStatus() ?? {};
  return (
    <div className="notices">
      <Disconnected />
      {(copied || duplicate !== undefined) && <Copied duplicate={copied ? undefined : duplicate} />}
      {receiver?.problem && (
        <Down title={t('status.receiverProblem')} reason={messageText(receiver.reason, receiver.problem)} />
      )}
      {tunnel?.state === 'down' && (
        <Down
          title={t('status.tunnelProblem')}
          reason={messageText(tunnel.reason, tunnel.problem) ?? t('status.noReason')}
        />
      )}
      {warnings && warnings.length > 0 && <Warnings warnings={warnings} />}
    </div>
  );
}

function Disconnected() {
  const { t } = useTranslation();
  const { transport } = useWindow();
  if (useSignal(transport.state) !== 'disconnected') return null;
  const retry = (
    <Button variant="default" onClick={transport.retry}>
      {t('common.tryAgain')}
    </Button>
  );
  return (
    <Note kind="bad" urgent title={t('host.disconnectedTitle')} action={retry}>
      {t('host.disconnected')}
    </Note>
  );
}

/** Shown where the data folder was copied from another computer, or the one with the URL `duplicate` uses a copy of it. */
function Copied({ duplicate: address }: { readonly duplicate: string | undefined }) {
  const { t } = useTranslation();
  const choose = useAct('installation.choose');
  const buttons = (
    <Group gap="xs">
      {(['take-over', 'new'] as const).map((choice) => (
        <Button
          key={choice}
          variant="default"
          loading={choose.isPending && choose.variables.choice === choice}
          disabled={choose.isPending}
          onClick={() => choose.mutate({ choice })}
        >
          {t(`status.copied.${choice}`)}
        </Button>
      ))}
    </Group>
  );
  return (
    <Note
      kind="bad"
      title={address === undefined ? t('status.copied.title') : t('status.duplicate.title')}
      action={buttons}
    >
      {choose.error && problemText(choose.error)}
      {!choose.error && (address === undefined ? t('status.copied.help') : t('status.duplicate.help', { address }))}
    </Note>
  );
}

function Down({ title, reason }: { readonly title: string; readonly reason: string }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const settings = (
    <Button variant="default" onClick={() => view.set({ page: 'settings' })}>
      {t('status.openSettings')}
    </Button>
  );
  return (
    <Note kind="bad" title={title} action={settings}>
      {reason}
    </Note>
  );
}

const shown = 3;

function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const { t } = useTranslation();
  const dismiss = useAct('warnings.dismiss');
  const count = warnings.length;
  const button = (
    <Button variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate({})}>
      {t('status.dismiss')}
    </Button>
  );
  return (
    <Note kind="warn" title={t('status.warnings', { count })} action={button}>
      {warnings.slice(0, shown).map((warning) => (
        <div key={`${warning.at} ${warning.message}`}>
          {messageText(warning.reason, warning.message)}{' '}
          <span className="faint">
            <Ago time={warning.at} />
          </span>
        </div>
      ))}
      {count > shown && <div className="faint">{t('status.moreWarnings', { count: count - shown })}</div>}
    </Note>
  );
}
