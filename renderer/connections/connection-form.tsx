import { Group, Select, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectorInfo } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { FormDialog, HelpLink } from '../parts/index.ts';
import { useAct, useConnections, useConnectors } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { ConnectionField } from './connection-field.tsx';
import { applicable, isAdvanced, missingIn, requestOf, startValues } from './field-values.ts';
import { RedirectUris } from './redirect-uris.tsx';
import { needsPerson, redirectUrisOf } from './sign-in.ts';
import { useSignIn } from './use-sign-in.ts';

interface ConnectionFormProps {
  onClose(): void;
}

/** Adds a connection. The fields are the connector's; their values remain when the provider rejects them. */
export function ConnectionForm({ onClose }: ConnectionFormProps) {
  const connectors = useConnectors().data;
  const wanted = useViewOf('connections').connector;
  const first = connectors?.find(({ id }) => id === wanted) ?? connectors?.[0];
  if (!connectors || !first) return null;
  return <ReadyForm connectors={connectors} first={first} onClose={onClose} />;
}

interface Values {
  readonly connector: string;
  readonly name: string;
  /** By connector, so that values remain when the user selects another one and returns. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface ReadyFormProps extends ConnectionFormProps {
  readonly connectors: readonly ConnectorInfo[];
  readonly first: ConnectorInfo;
}

function ReadyForm({ connectors, first, onClose }: ReadyFormProps) {
  const { t } = useTranslation();
  const { form, connector, typed, add, submit } = useConnectionForm(connectors, first);
  const { id, fields, links = [] } = connector;
  const personal = needsPerson(connector, typed);
  return (
    <FormDialog
      title={t('connectionForm.title')}
      action={t(personal ? 'signIn.submit' : 'connectionForm.submit')}
      pending={add.isPending}
      problem={add.error}
      problemTitle={t('connectionForm.failed')}
      onSubmit={submit}
      onClose={onClose}
    >
      {connectors.length > 1 && (
        <Select
          label={t('connectionForm.kind')}
          data={connectors.map((connector) => ({ value: connector.id, label: connector.title }))}
          allowDeselect={false}
          {...form.getInputProps('connector')}
        />
      )}
      <Group gap="md">
        {links
          .filter(({ form: shownIn }) => shownIn === 'connection')
          .map((link) => (
            <HelpLink key={link.id} {...link} />
          ))}
      </Group>
      {applicable(fields, typed)
        .filter((field) => !isAdvanced(field))
        .map((field) => (
          <Fragment key={`${id}.${field.name}`}>
            <ConnectionField field={field} input={form.getInputProps(`fields.${id}.${field.name}`)} />
            {field.kind === 'port' && <RedirectUris uris={redirectUrisOf(connector, typed)} />}
          </Fragment>
        ))}
      <AdvancedFields connector={connector} typed={typed} form={form} rejected={add.isError} />
      <TextInput
        label={t('connectionForm.name')}
        description={t('connectionForm.nameHelp')}
        maxLength={limits.name}
        {...form.getInputProps('name')}
      />
    </FormDialog>
  );
}

interface AdvancedFieldsProps {
  readonly connector: ConnectorInfo;
  readonly typed: Readonly<Record<string, string>>;
  readonly form: UseFormReturnType<Values>;
  /** Whether the host rejected the values. */
  readonly rejected: boolean;
}

/** The advanced fields; unfolded where the host rejected the values and one of these was changed. */
function AdvancedFields({ connector: { id, fields }, typed, form, rejected }: AdvancedFieldsProps) {
  const { t } = useTranslation();
  const advanced = applicable(fields, typed).filter(isAdvanced);
  if (advanced.length === 0) return null;
  const standard = startValues(advanced);
  const isChanged = advanced.some(({ name }) => typed[name] !== standard[name]);
  return (
    <details className="advanced" open={rejected && isChanged}>
      <summary>{t('connectionForm.advanced')}</summary>
      <Stack gap="md">
        {advanced.map((field) => (
          <ConnectionField
            key={`${id}.${field.name}`}
            field={field}
            input={form.getInputProps(`fields.${id}.${field.name}`)}
          />
        ))}
      </Stack>
    </details>
  );
}

/** The typed values, the connection's connector, and the request to add it. */
function useConnectionForm(connectors: readonly ConnectorInfo[], first: ConnectorInfo) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const isFirst = useConnections().data?.length === 0;
  const add = useAct('connections.add');
  const signIn = useSignIn();
  const chosen = (id: string) => connectors.find((connector) => connector.id === id) ?? first;
  const form = useForm<Values>({
    initialValues: {
      connector: first.id,
      name: '',
      fields: Object.fromEntries(connectors.map(({ id, fields }) => [id, startValues(fields)])),
    },
    validate: (values) => {
      const { id, fields } = chosen(values.connector);
      const missing = missingIn(fields, values.fields[id] ?? {});
      return Object.fromEntries(missing.map((name) => [`fields.${id}.${name}`, t('common.required')]));
    },
  });
  const connector = chosen(form.values.connector);
  const { id, fields } = connector;
  const submit = form.onSubmit((values) => {
    const name = values.name.trim();
    add.mutate(
      { connector: id, ...(name ? { name } : {}), ...requestOf(fields, values.fields[id] ?? {}) },
      {
        onSuccess: (added) => {
          // The first connection leads to the next step; one without a sign-in says itself that the user must sign in.
          view.set({ page: isFirst && !added.signIn ? 'home' : 'connections' });
          if (added.signIn) signIn.begin(added.id);
        },
      },
    );
  });
  return { form, connector, typed: form.values.fields[id] ?? {}, add, submit };
}
