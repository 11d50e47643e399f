import { Button, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Catalogue, Connection, ConnectorLink } from '../../../preload/contract/index.ts';
import { messageText } from '../../message-text.ts';
import { FormDialog, HelpLink, Note } from '../../parts/index.ts';
import { useAnswer, useConnections, useConnectors, useStatus } from '../../queries.ts';
import type { HookModel } from '../../view.ts';
import { useWindow } from '../../window-context.ts';
import { CreationList } from './creation-list.tsx';
import { faultsIn, type HookDraft, requestsOf, startDraft } from './hook-draft.ts';
import { HookFields } from './hook-fields.tsx';
import { useCreation } from './use-creation.ts';

interface HookFormProps {
  /** A hook whose values the form starts with. */
  readonly like: HookModel | undefined;
  onClose(): void;
  onCreated(ids: readonly string[]): void;
}

/** Creates one hook for each event at each place. The values remain with the reason where the provider rejects one. */
export function HookForm({ like, onClose, onCreated }: HookFormProps) {
  const { t } = useTranslation();
  const creation = useCreation(onCreated);
  const connections = useHookConnections();
  const find = (id: string | undefined) => connections.find(({ connection }) => connection.id === id);
  const form = useDraftForm(find(like?.connection) ?? connections[0], like, find);
  const chosen = find(form.values.connection);
  const asked = { connection: chosen?.connection.id ?? '' };
  const events = useAnswer('hooks.events', asked, { enabled: chosen !== undefined }).data ?? [];
  const changeConnection = (id: string | null) => {
    const next = find(id ?? undefined);
    const fresh = startDraft(next?.connection, next?.catalogue);
    const { connection, region } = fresh;
    // Values for one provider are invalid for another.
    const same = next?.connection.connector === chosen?.connection.connector;
    form.setValues(same ? { connection, region } : fresh);
  };
  const requests = requestsOf(form.values);
  const [first, ...others] = requests;
  const failed = requests.filter((request) => creation.failureOf(request)).length;
  const several = others.length > 0;
  const submit = form.onSubmit((draft) => void creation.start(requestsOf(draft), draft.mode));
  return (
    <FormDialog
      title={t('hookForm.title')}
      wide
      action={several && failed > 0 ? t('hookForm.retry') : t('hookForm.submit', { count: requests.length || 1 })}
      pending={creation.running}
      problem={(!several && first && creation.failureOf(first)) || null}
      onSubmit={submit}
      onClose={onClose}
    >
      <TunnelWarning />
      {connections.length > 1 && (
        <Select
          label={t('hookForm.connection')}
          data={connections.map(({ connection: { id, name } }) => ({ value: id, label: name }))}
          allowDeselect={false}
          {...form.getInputProps('connection')}
          onChange={changeConnection}
        />
      )}
      {chosen?.links.map((link) => (
        <HelpLink key={link.id} {...link} />
      ))}
      <HookFields
        form={form}
        catalogue={chosen?.catalogue}
        pickFrom={chosen?.browse ? chosen.connection.id : undefined}
        events={events}
      />
      {several && <CreationList requests={requests} creations={creation.creations} catalogue={chosen?.catalogue} />}
    </FormDialog>
  );
}

type FindConnection = (id: string | undefined) => HookConnection | undefined;

function useDraftForm(start: HookConnection | undefined, like: HookModel | undefined, find: FindConnection) {
  const { t } = useTranslation();
  return useForm<HookDraft>({
    initialValues: startDraft(start?.connection, start?.catalogue, like),
    validate: (draft) => {
      const faults = faultsIn(draft, find(draft.connection)?.catalogue);
      return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(faultWord[fault])]));
    },
  });
}

const faultWord = {
  required: 'common.required',
  halfScope: 'hookForm.halfScope',
  attributeWrong: 'hookForm.attributeWrong',
  apart: 'hookForm.apart',
} as const;

interface HookConnection {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  /** Whether places can be selected in its tree. */
  readonly browse: boolean;
  /** Help pages about hooks. */
  readonly links: readonly ConnectorLink[];
}

function useHookConnections(): readonly HookConnection[] {
  const connections = useConnections().data ?? [];
  const connectors = useConnectors().data ?? [];
  return connections.flatMap((connection) => {
    const connector = connectors.find(({ id }) => id === connection.connector);
    if (!connector?.catalogue) return [];
    const { catalogue, browse = false, links = [] } = connector;
    return [{ connection, catalogue, browse, links: links.filter(({ form }) => form === 'hook') }];
  });
}

function TunnelWarning() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const tunnel = useStatus()?.tunnel;
  if (!tunnel || !['down', 'off'].includes(tunnel.state)) return null;
  const settings = (
    <Button variant="default" onClick={() => view.set({ page: 'settings' })}>
      {t('status.openSettings')}
    </Button>
  );
  return (
    <Note kind="warn" title={t('hookForm.tunnelWarning')} action={settings}>
      {messageText(tunnel.reason, tunnel.problem) ?? t('firstSteps.tunnel')}
    </Note>
  );
}
