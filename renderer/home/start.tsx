import './start.css';
import { Button, Title, UnstyledButton } from '@mantine/core';
import { IconBell, IconDatabaseExport, IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConnectorInfo } from '../../preload/contract/index.ts';
import { currentLocale } from '../locale.ts';
import { CopyButton, ProblemNote } from '../parts/index.ts';
import { useAct, useConnectors, useStatus } from '../queries.ts';
import { useWindow } from '../window-context.ts';

/** The providers that a new user can connect, what each requires, and how to try Ringback without an account. */
export function Start() {
  const { t } = useTranslation();
  const connectors = useConnectors().data ?? [];
  return (
    <div className="start">
      <Title order={2}>{t('home.start.title')}</Title>
      <ul className="start-choices">
        {connectors.map((connector) => (
          <li key={connector.id}>
            <ConnectorChoice connector={connector} />
          </li>
        ))}
        <li>
          <Demo />
        </li>
      </ul>
    </div>
  );
}

function ConnectorChoice({
  connector: { id, title, catalogue, backups, fields },
}: {
  readonly connector: ConnectorInfo;
}) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const ChoiceIcon = catalogue ? IconBell : IconDatabaseExport;
  const needed = fields.filter((field) => field.required && field.default === undefined && !field.when);
  const labels = new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(needed.map(({ label }) => label));
  return (
    <UnstyledButton
      className="start-choice"
      onClick={() => view.set({ page: 'connections', form: 'connection', connector: id })}
    >
      <ChoiceIcon size={24} stroke={1.5} aria-hidden />
      <span className="start-name">{title}</span>
      {catalogue && <span>{t('home.start.hooks')}</span>}
      {backups && <span>{t('home.start.backups')}</span>}
      {needed.length > 0 && <span className="faint small">{t('home.start.needs', { fields: labels })}</span>}
    </UnstyledButton>
  );
}

/** Starts the demo as a second Ringback, since it has a separate data folder. */
function Demo() {
  const { t } = useTranslation();
  const start = useAct('sandbox.start');
  const { desktop, canStartSandbox } = useStatus() ?? {};
  return (
    <div className="start-choice start-demo">
      <IconFlask size={24} stroke={1.5} aria-hidden />
      <span className="start-name">{t('home.start.try')}</span>
      <span>{t('home.start.tryHelp')}</span>
      {canStartSandbox ? (
        <span>
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate({})}>
            {t('home.start.tryStart')}
          </Button>
        </span>
      ) : (
        <DemoCommand command={desktop ? 'ringback --sandbox' : 'RINGBACK_SANDBOX=1 ringback up'} />
      )}
      <span className="faint small" aria-live="polite">
        {start.isSuccess ? t('home.start.tryStarted') : ''}
      </span>
      <ProblemNote problem={start.error} />
    </div>
  );
}

/** The command that starts the demo, for a host that cannot open a window. */
function DemoCommand({ command }: { readonly command: string }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="faint small">{t('home.start.tryCommand')}</span>
      <span className="start-command">
        <code>{command}</code>
        <CopyButton text={command} label={t('home.start.copyCommand')} />
      </span>
    </>
  );
}
