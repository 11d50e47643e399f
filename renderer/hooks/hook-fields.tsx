import { Button, Collapse, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalogue } from '../../preload/contract/index.ts';
import { Note } from '../parts/index.ts';
import { ChoiceField } from './choice-field.tsx';
import { FilterFields } from './filter-fields.tsx';
import { type HookDraft, narrowingKeysFor, scopeKeysFor, systemIn } from './hook-draft.ts';
import { ScopeField } from './scope-field.tsx';

interface HookFieldsProps {
  readonly form: UseFormReturnType<HookDraft>;
  readonly catalogue: Catalogue | undefined;
  /** The connection whose tree scopes can be picked from; undefined where it has none. */
  readonly pickFrom: string | undefined;
  /** Events that the provider itself names. */
  readonly events: readonly string[];
}

/** System → event → scope, each narrowing the next; any of them may be typed freely. */
export function HookFields({ form, catalogue, pickFrom, events }: HookFieldsProps) {
  const { t } = useTranslation();
  const { values } = form;
  const system = systemIn(catalogue, values.system);
  const event = system?.events.find((known) => known.event === values.event);
  const help = event?.help ?? system?.help;
  return (
    <>
      <EventFields form={form} catalogue={catalogue} system={system} events={events} />
      {help && <p className="form-help">{help}</p>}
      {system?.userOnly && <Note kind="warn">{t('hookForm.userOnly')}</Note>}
      <PlaceFields form={form} catalogue={catalogue} system={system} pickFrom={pickFrom} />
      {narrowingKeysFor(system, values.event).map(({ key: name, label, help: keyHelp, example }) => (
        <TextInput
          key={name}
          label={label}
          description={keyHelp}
          maxLength={1000}
          placeholder={t('hookForm.example', { example })}
          value={values.narrowing[name] ?? ''}
          onChange={({ currentTarget }) =>
            form.setFieldValue('narrowing', { ...values.narrowing, [name]: currentTarget.value })
          }
        />
      ))}
      {(catalogue?.regions.length ?? 0) > 0 && (
        <Select
          label={t('hookForm.region')}
          description={t('hookForm.regionHelp')}
          data={[...(catalogue?.regions ?? [])]}
          allowDeselect={false}
          {...form.getInputProps('region')}
        />
      )}
      <MoreFields form={form} fixed={catalogue?.fixed ?? false} />
    </>
  );
}

type HookForm = HookFieldsProps['form'];
type System = ReturnType<typeof systemIn>;

interface EventFieldsProps extends Pick<HookFieldsProps, 'form' | 'catalogue' | 'events'> {
  readonly system: System;
}

function EventFields({ form, catalogue, system, events }: EventFieldsProps) {
  const { t } = useTranslation();
  const { values, errors } = form;
  const unlisted = events.filter((name) => !system?.events.some((known) => known.event === name));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <ChoiceField
        label={t('hookForm.system')}
        help={t('hookForm.systemHelp')}
        choices={catalogue?.systems.map((each) => ({ value: each.system, title: each.title })) ?? []}
        value={values.system}
        error={errors.system}
        required
        onChange={(name) => changeSystem(form, name, systemIn(catalogue, name))}
      />
      <ChoiceField
        label={t('hookForm.event')}
        help={t('hookForm.eventHelp')}
        choices={[
          ...(system?.events.map((each) => ({ value: each.event, title: each.title })) ?? []),
          ...unlisted.map((name) => ({ value: name, title: name })),
        ]}
        value={values.event}
        error={errors.event}
        required
        onChange={(name) => changeEvent(form, name, system)}
      />
    </SimpleGrid>
  );
}

/** What was chosen for another event stays only where it fits this one. */
function changeEvent(form: HookForm, name: string, system: System): void {
  const fitting = requiredKeysFor(system, name);
  form.setFieldValue('event', name);
  form.setFieldValue('narrowing', {});
  if (fitting.length > 0 && !fitting.some((known) => known.key === form.values.scopeKey)) {
    form.setFieldValue('scopeKey', fitting.length === 1 ? (fitting[0]?.key ?? '') : '');
  }
}

function changeSystem(form: HookForm, name: string, system: System): void {
  form.setFieldValue('system', name);
  if (system && !system.events.some((known) => known.event === form.values.event)) changeEvent(form, '', system);
}

function requiredKeysFor(system: System, event: string) {
  return scopeKeysFor(system, event).filter(({ optional }) => !optional);
}

interface PlaceFieldsProps extends Pick<HookFieldsProps, 'form' | 'catalogue' | 'pickFrom'> {
  readonly system: System;
}

function PlaceFields({ form, catalogue, system, pickFrom }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const { values, errors } = form;
  const keys = requiredKeysFor(system, values.event);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <ChoiceField
        label={t('hookForm.scopeKey')}
        help={t('hookForm.scopeKeyHelp')}
        choices={keys.map((each) => ({ value: each.key, title: each.label }))}
        value={values.scopeKey}
        error={errors.scopeKey}
        required={keys.length > 0}
        onChange={(value) => form.setFieldValue('scopeKey', value)}
      />
      <ScopeField
        scopeKey={keys.find((known) => known.key === values.scopeKey)}
        connection={pickFrom}
        required={keys.length > 0}
        value={values.scopeValue}
        error={errors.scopeValue}
        onChange={(value) => form.setFieldValue('scopeValue', value)}
        onPicked={({ region }) => {
          if (catalogue?.regions.some(({ value }) => value === region)) form.setFieldValue('region', region ?? '');
        }}
      />
    </SimpleGrid>
  );
}

interface MoreFieldsProps {
  readonly form: UseFormReturnType<HookDraft>;
  readonly fixed: boolean;
}

function MoreFields({ form, fixed }: MoreFieldsProps) {
  const { t } = useTranslation();
  const [chosen, setOpen] = useState(Boolean(form.values.filter || form.values.attribute));
  const open = chosen || Boolean(form.errors.attribute);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={open}
        leftSection={<Chevron size={15} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {fixed ? t('hookForm.filter') : t('hookForm.more')}
      </Button>
      <Collapse expanded={open}>
        <Stack gap="md" mt="xs">
          <FilterFields input={(field) => form.getInputProps(field)} attribute={!fixed} />
        </Stack>
      </Collapse>
    </div>
  );
}
