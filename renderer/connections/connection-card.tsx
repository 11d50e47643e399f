import { Button, Group, Title } from '@mantine/core';
import { IconKey, IconPencil, IconPlug, IconShieldCheck, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection, Field, Limitation } from '../../preload/contract/index.ts';
import { DoctorButton } from '../doctor/index.ts';
import { messageText } from '../message-text.ts';
import { Fact, Facts, Note, ProblemNote } from '../parts/index.ts';
import { useAct, useConnectors, useHooks } from '../queries.ts';
import { Alternatives } from './alternatives.tsx';
import { ChangePort } from './change-port.tsx';
import { RemoveConnection } from './remove-connection.tsx';
import { RenameConnection } from './rename-connection.tsx';
import { ReplaceSecrets } from './replace-secrets.tsx';
import { daysLeft } from './sign-in.ts';
import { SignInState } from './sign-in-state.tsx';

type Dialog = 'rename' | 'port' | 'replace' | 'remove';
const dialogs = { rename: RenameConnection, port: ChangePort, replace: ReplaceSecrets, remove: RemoveConnection };
const actions = [
  ['rename', IconPencil],
  ['port', IconPlug],
  ['replace', IconKey],
  ['remove', IconTrash],
] as const;

/** One account at a provider, with its actions. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Dialog>();
  const connector = useConnectors().data?.find(({ id }) => id === connection.connector);
  const count = useHooks().data?.filter((hook) => hook.ours && hook.connection === connection.id).length ?? 0;
  const days = daysLeft(connection, Date.now());
  const possible = actions.filter(([action]) => action !== 'port' || connection.signIn);
  const Dialog = dialog && dialogs[dialog];
  const fields = connector?.fields.filter(({ kind }) => kind !== 'secret') ?? [];
  return (
    <li className="card">
      <div>
        <Title order={2}>{connection.name}</Title>
        <div className="faint small">
          {connector?.title ?? connection.connector} · {t('connections.hooks', { count })}
        </div>
      </div>
      <Facts>
        <Fact label={t('connections.account')}>{connection.account}</Fact>
        <Fact label={t('signIn.label')}>{days !== undefined && t('signIn.days', { count: days })}</Fact>
        {fields.map((field) => (
          <Fact key={field.name} label={field.label}>
            {settingText(field, connection.settings[field.name])}
          </Fact>
        ))}
        {connection.cannot
          ?.filter(({ instead }) => !instead)
          .map((limitation) => (
            <LimitationFact key={limitation.bundle} {...limitation} />
          ))}
      </Facts>
      <Alternatives connection={connection} />
      {connection.incomplete && <Incomplete onEnter={() => setDialog('replace')} />}
      {connection.signIn && <SignInState connection={connection} />}
      <Check connection={connection}>
        <Group gap="xs" role="group" aria-label={t('connections.actions', { name: connection.name })}>
          {possible.map(([action, ActionIcon]) => (
            <Button
              key={action}
              variant="default"
              {...(action === 'remove' ? { className: 'danger' } : {})}
              leftSection={<ActionIcon size={15} aria-hidden />}
              onClick={() => setDialog(action)}
            >
              {t(`connections.${action}`)}
            </Button>
          ))}
        </Group>
      </Check>
      {Dialog && <Dialog connection={connection} onClose={() => setDialog(undefined)} />}
    </li>
  );
}

/** Shown for a connection that was imported without its credentials. */
function Incomplete({ onEnter }: { onEnter(): void }) {
  const { t } = useTranslation();
  return (
    <Note
      kind="warn"
      title={t('connections.incomplete')}
      action={<Button onClick={onEnter}>{t('connections.enterCredentials')}</Button>}
    >
      {t('connections.incompleteHelp')}
    </Note>
  );
}

function settingText({ choices }: Field, value: string | undefined): string | undefined {
  return choices?.find((choice) => choice.value === value)?.label ?? value;
}

interface CheckProps {
  readonly connection: Connection;
  /** Further actions, at the end of the line. */
  readonly children: ReactNode;
}

function Check({ connection, children }: CheckProps) {
  const { t } = useTranslation();
  const check = useAct('connections.check');
  const { account } = check.data ?? {};
  return (
    <div className="check">
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={15} aria-hidden />}
            loading={check.isPending}
            onClick={() => check.mutate({ id: connection.id })}
          >
            {t('connections.check')}
          </Button>
          <DoctorButton subject={{ connection: connection.id }} />
        </Group>
        {children}
      </Group>
      <div aria-live="polite" className="check-result">
        {check.data && (account ? t('connections.checked', { account }) : t('connections.checkedPlain'))}
        <ProblemNote problem={check.error} />
      </div>
    </div>
  );
}

function LimitationFact({ bundle, reason, reasonMessage }: Limitation) {
  const { t } = useTranslation();
  return (
    <Fact label={t('signIn.cannotLabel')}>
      <b>{t(`signIn.cannot.${bundle}`)}.</b> {messageText(reasonMessage, reason)}
    </Fact>
  );
}
