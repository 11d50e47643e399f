import { Button, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Catalogue, Connection, ConnectorLink } from '../../preload/contract/index.ts';
import { FormDialog, HelpLink, Note } from '../parts/index.ts';
import { useAct, useAnswer, useConnections, useConnectors, useStatus } from '../queries.ts';
import type { HookModel } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { faultsIn, type HookDraft, requestOf, startDraft } from './hook-draft.ts';
import { HookFields } from './hook-fields.tsx';

interface HookFormProps {
  /** What the form begins with. */
  readonly like: HookModel | undefined;
  onClose(): void;
  onCreated(id: string): void;
}

/** Creates a hook. The form stays as typed when the provider rejects it. */
export function HookForm({ like, onClose, onCreated }: HookFormProps) {
  const { t } = useTranslation();
  const create = useAct('hooks.create');
  const connections = useHookConnections();
  const find = (id: string | undefined) => connections.find(({ connection }) => connection.id === id);
  const first = find(like?.connection) ?? connections[0];
  const form = useForm<HookDraft>({
    initialValues: startDraft(first?.connection, first?.catalogue, like),
    validate: (draft) => {
      const faults = faultsIn(draft, find(draft.connection)?.catalogue);
      return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(faultWord[fault])]));
    },
  });

  const chosen = find(form.values.connection);
  const asked = { connection: chosen?.connection.id ?? '' };
  const events = useAnswer('hooks.events', asked, { enabled: chosen !== undefined }).data ?? [];
  const changeConnection = (id: string | null) => {
    const next = find(id ?? undefined);
    const fresh = startDraft(next?.connection, next?.catalogue);
    const { connection, region } = fresh;
    // What was chosen for one provider means nothing to another.
    const same = next?.connection.connector === chosen?.connection.connector;
    form.setValues(same ? { connection, region } : fresh);
  };
  const submit = form.onSubmit((draft) => create.mutate(requestOf(draft), { onSuccess: ({ id }) => onCreated(id) }));
  return (
    <FormDialog
      title={t('hookForm.title')}
      wide
      action={t('hookForm.submit')}
      pending={create.isPending}
      problem={create.error}
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
    </FormDialog>
  );
}

const faultWord = {
  required: 'common.required',
  halfScope: 'hookForm.halfScope',
  attributeWrong: 'hookForm.attributeWrong',
} as const;

interface HookConnection {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  /** Whether scopes can be picked from its tree. */
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
      {tunnel.problem ?? t('firstSteps.tunnel')}
    </Note>
  );
}
