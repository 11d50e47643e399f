import { Button, Checkbox, Group, MultiSelect, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection, ConnectorInfo, Output } from '../../preload/contract/index.ts';
import { messageText, problemText } from '../message-text.ts';
import { FormDialog, Note } from '../parts/index.ts';
import { type Pick, PickerDialog } from '../picker/index.ts';
import { useAct, useAnswer, useConnectors } from '../queries.ts';
import { type Draft, faultsIn, orderOf, startDraft } from './translate-draft.ts';

interface TranslateFormProps {
  readonly connections: readonly Connection[];
  onClose(): void;
  onStarted(id: string): void;
}

/** Starts a translation. The values remain when the provider rejects it. */
export function TranslateForm({ connections, onClose, onStarted }: TranslateFormProps) {
  const { t } = useTranslation();
  const start = useAct('jobs.start');
  const connectors = useConnectors().data ?? [];
  const [draft, setDraft] = useState(() => startDraft(connections, connectors));
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((present) => ({ ...present, ...part }));
  const connection = connections.find(({ id }) => id === draft.connection);
  const unsupported = connection?.cannot?.find(({ bundle }) => bundle === 'jobs');
  const faults = faultsIn(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(faults).length > 0 || unsupported) return;
    start.mutate(orderOf(draft), { onSuccess: ({ id }) => onStarted(id) });
  };
  return (
    <FormDialog
      title={t('jobForm.title')}
      wide
      action={t('jobForm.submit')}
      pending={start.isPending}
      problem={start.error}
      disabled={unsupported !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      {connections.length > 1 && (
        <Select
          label={t('jobForm.connection')}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          allowDeselect={false}
          value={draft.connection}
          onChange={(id) => change({ connection: id ?? '' })}
        />
      )}
      {unsupported ? (
        <Note kind="warn" title={t('jobForm.unsupported')}>
          {messageText(unsupported.reasonMessage, unsupported.reason)}
        </Note>
      ) : (
        <Fields draft={draft} change={change} faults={checked ? faults : {}} />
      )}
    </FormDialog>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly faults: ReturnType<typeof faultsIn>;
  change(part: Partial<Draft>): void;
}

function Fields({ draft, faults, change }: FieldsProps) {
  const { t } = useTranslation();
  const [urn] = useDebouncedValue(draft.urn.trim(), 300);
  const [name] = useDebouncedValue(draft.name.trim(), 300);
  const input = { connection: draft.connection, ...(urn ? { urn } : {}), ...(name ? { name } : {}) };
  const known = useAnswer('jobs.formats', input, { keepPrevious: true });
  const support = useConnectorOf(draft.connection)?.jobs;
  const formats = known.data?.formats ?? support?.defaultFormats ?? [];
  return (
    <>
      <SourceField draft={draft} change={change} fault={faults.urn && t(faults.urn)} />
      {draft.urn.trim() !== '' && !known.error && known.data?.name === undefined && (
        <TextInput
          label={t('jobForm.name')}
          description={t('jobForm.nameHelp')}
          placeholder="pump.ipt"
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      )}
      {known.error && (
        <Note kind="warn" title={t('jobForm.formatsFailed')}>
          {problemText(known.error)}
        </Note>
      )}
      <MultiSelect
        label={t('jobForm.formats')}
        description={support?.formatsHelp}
        data={[...new Set([...formats, ...draft.formats])]}
        value={[...draft.formats]}
        error={faults.formats && t(faults.formats)}
        onChange={(chosen) => change({ formats: chosen })}
      />
      <Select
        label={t('jobForm.dataRegion')}
        description={t('jobForm.dataRegionHelp')}
        data={regionChoices(known.data?.regions)}
        allowDeselect={false}
        value={draft.region ?? known.data?.region ?? null}
        onChange={(region) => change({ region: region ?? undefined })}
      />
      <AdvancedField draft={draft} change={change} fault={faults.advanced && t(faults.advanced)} />
      <Checkbox
        label={t('jobForm.force')}
        checked={draft.force}
        onChange={(event) => change({ force: event.currentTarget.checked })}
      />
      {draft.force && (
        <Note kind="warn" title={t('jobForm.forceTitle')}>
          {t('jobForm.forceWarning')}
        </Note>
      )}
      <Text size="sm" className="faint">
        {t('jobForm.cost')}
      </Text>
    </>
  );
}

interface OneFieldProps {
  readonly draft: Draft;
  readonly fault: string | undefined;
  change(part: Partial<Draft>): void;
}

function regionChoices(regions: Output<'jobs.formats'>['regions'] = []) {
  return regions.map(({ value, label, labelMessage }) => ({ value, label: messageText(labelMessage, label) }));
}

/** The source, pasted or selected in the account's tree. */
function SourceField({ draft, fault, change }: OneFieldProps) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const connector = useConnectorOf(draft.connection);
  const take = ({ node, path }: Pick) => {
    setPicking(false);
    change({ urn: node.urn ?? '', name: fileNameIn(path), region: node.region });
  };
  return (
    <>
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <TextInput
          className="job-urn"
          label={t('jobForm.urn')}
          description={
            draft.urn !== '' && draft.name !== '' ? t('jobForm.picked', { name: draft.name }) : t('jobForm.urnHelp')
          }
          placeholder={connector?.jobs?.sourceExample}
          withAsterisk
          data-autofocus
          value={draft.urn}
          error={fault}
          onChange={(event) => change({ urn: event.currentTarget.value, name: '' })}
        />
        {connector?.browse && (
          <Button variant="default" onClick={() => setPicking(true)}>
            {t('jobForm.pick')}
          </Button>
        )}
      </Group>
      {picking && (
        <PickerDialog
          title={t('jobForm.pickTitle')}
          connection={draft.connection}
          kinds={['item', 'version']}
          fits={({ urn }) => urn !== undefined}
          onPick={take}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}

function useConnectorOf(connection: string): ConnectorInfo | undefined {
  const connections = useAnswer('connections.list', {}).data ?? [];
  const connectors = useConnectors().data ?? [];
  const connector = connections.find(({ id }) => id === connection)?.connector;
  return connectors.find(({ id }) => id === connector);
}

/** The last name in the path that looks like a file name, since a version may be named "Version 3". */
function fileNameIn(path: readonly string[]): string {
  return [...path].reverse().find((name) => /\.\w{1,12}$/.test(name)) ?? path.at(-1) ?? '';
}

function AdvancedField({ draft, fault, change }: OneFieldProps) {
  const { t } = useTranslation();
  return (
    <details className="advanced" open={fault !== undefined || undefined}>
      <summary>{t('jobForm.advanced')}</summary>
      <Textarea
        aria-label={t('jobForm.advanced')}
        description={t('jobForm.advancedHelp')}
        autosize
        minRows={2}
        maxRows={8}
        value={draft.advanced}
        error={fault}
        onChange={(event) => change({ advanced: event.currentTarget.value })}
      />
    </details>
  );
}
