import { Button, Collapse, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalogue } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { Note } from '../../parts/index.ts';
import { ChoiceField } from './choice-field.tsx';
import { EventsField } from './events-field.tsx';
import { FilterFields } from './filter-fields.tsx';
import { type HookDraft, mainKeysFor, narrowingKeysFor, systemIn, systemOf } from './hook-draft.ts';
import { PlacesField } from './places-field.tsx';

interface HookFieldsProps {
  readonly form: UseFormReturnType<HookDraft>;
  readonly catalogue: Catalogue | undefined;
  /** The connection whose tree is shown for selecting places; undefined where it cannot be browsed. */
  readonly pickFrom: string | undefined;
  /** The events that the provider lists. */
  readonly events: readonly string[];
}

/** Event, place and notification; each limits the next, and codes can be typed. */
export function HookFields({ form, catalogue, pickFrom, events }: HookFieldsProps) {
  const { t } = useTranslation();
  const { values } = form;
  const system = systemIn(catalogue, values.system);
  const chosen = system?.events.filter(({ event }) => values.events.includes(event)) ?? [];
  const help = chosen.length === 1 ? (chosen[0]?.help ?? system?.help) : system?.help;
  return (
    <>
      <Part title={t('hookForm.what')}>
        <EventFields form={form} catalogue={catalogue} system={system} events={events} />
        {help && <p className="form-help">{help}</p>}
        {system?.userOnly && <Note kind="warn">{t('hookForm.userOnly')}</Note>}
      </Part>
      <Part title={t('hookForm.where')}>
        <PlaceFields form={form} catalogue={catalogue} system={system} pickFrom={pickFrom} />
      </Part>
      <Part title={t('hookForm.how')}>
        <ModeField form={form} />
        <MoreFields form={form} fixed={catalogue?.fixed ?? false} />
      </Part>
    </>
  );
}

type HookForm = HookFieldsProps['form'];
type System = ReturnType<typeof systemIn>;

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Stack gap="sm" align="stretch" role="group" aria-labelledby={id}>
      <Title order={3} id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

interface EventFieldsProps extends Pick<HookFieldsProps, 'form' | 'catalogue' | 'events'> {
  readonly system: System;
}

function EventFields({ form, catalogue, system, events }: EventFieldsProps) {
  const { t } = useTranslation();
  const { values, errors } = form;
  const systems = system ? [system] : values.system === '' ? (catalogue?.systems ?? []) : [];
  const listed = systems.flatMap(({ events: known, title, system: code }) =>
    known.map((each) => ({ value: each.event, title: each.title, ...(system ? {} : { of: title, system: code }) })),
  );
  const unlisted = events.filter((name) => !listed.some(({ value }) => value === name));
  return (
    <SimpleGrid className="field-pair" cols={{ base: 1, xs: 2 }} spacing="md">
      <ChoiceField
        label={t('hookForm.system')}
        help={t('hookForm.systemHelp')}
        choices={catalogue?.systems.map((each) => ({ value: each.system, title: each.title })) ?? []}
        value={values.system}
        error={errors.system}
        required
        onChange={(name) => changeSystem(form, name, systemIn(catalogue, name))}
      />
      <EventsField
        choices={[...listed, ...unlisted.map((name) => ({ value: name, title: name }))]}
        events={values.events}
        error={errors.events}
        onChange={(names, chosen) => chooseEvents(form, names, systemIn(catalogue, chosen ?? '') ?? system, catalogue)}
      />
    </SimpleGrid>
  );
}

/** Selects events; without a selected system, that of the event is selected. */
function chooseEvents(
  form: HookForm,
  names: readonly string[],
  system: System,
  catalogue: Catalogue | undefined,
): void {
  const own = system ?? (form.values.system === '' ? systemOf(catalogue, names[0] ?? '') : undefined);
  if (own) form.setFieldValue('system', own.system);
  changeEvents(form, names, own);
}

/** Keeps the values that are still valid with these events. */
function changeEvents(form: HookForm, names: readonly string[], system: System): void {
  const fitting = mainKeysFor(system, names);
  form.setFieldValue('events', names);
  form.setFieldValue('narrowing', {});
  if (fitting.length > 0 && !fitting.some((known) => known.key === form.values.scopeKey)) {
    form.setFieldValue('scopeKey', fitting.length === 1 ? (fitting[0]?.key ?? '') : '');
  }
}

function changeSystem(form: HookForm, name: string, system: System): void {
  form.setFieldValue('system', name);
  const known = form.values.events.filter((event) => system?.events.some((one) => one.event === event));
  if (system && known.length < form.values.events.length) changeEvents(form, known, system);
}

interface PlaceFieldsProps extends Pick<HookFieldsProps, 'form' | 'catalogue' | 'pickFrom'> {
  readonly system: System;
}

function PlaceFields({ form, catalogue, system, pickFrom }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const { values, errors } = form;
  const keys = mainKeysFor(system, values.events);
  if (values.events.length === 0) return <p className="form-help">{t('hookForm.whereFirst')}</p>;
  return (
    <>
      {keys.length !== 1 && (
        <ChoiceField
          label={t('hookForm.scopeKey')}
          help={t('hookForm.scopeKeyHelp')}
          choices={keys.map((each) => ({ value: each.key, title: each.label }))}
          value={values.scopeKey}
          error={errors.scopeKey}
          required={keys.length > 0}
          onChange={(value) => form.setFieldValue('scopeKey', value)}
        />
      )}
      <PlacesField
        form={form}
        catalogue={catalogue}
        scopeKey={keys.find((known) => known.key === values.scopeKey)}
        connection={pickFrom}
        required={keys.length > 0}
      />
      {narrowingKeysFor(system, values.events).map(({ key: name, label, help: keyHelp, example }) => (
        <TextInput
          key={name}
          label={label}
          description={keyHelp}
          maxLength={limits.scopeValue}
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
    </>
  );
}

const modes = ['sound', 'silent', 'digest', 'off'] as const;

function ModeField({ form }: Pick<HookFieldsProps, 'form'>) {
  const { t } = useTranslation();
  const choices = modes.map((value) => ({ value, label: t(`rules.modes.${value}`) }));
  return (
    <Select
      label={t('hookForm.mode')}
      description={t('hookForm.modeHelp')}
      data={[{ value: '', label: t('hookForm.modeByRules') }, ...choices]}
      allowDeselect={false}
      {...form.getInputProps('mode')}
    />
  );
}

interface MoreFieldsProps {
  readonly form: UseFormReturnType<HookDraft>;
  readonly fixed: boolean;
}

function MoreFields({ form, fixed }: MoreFieldsProps) {
  const { t } = useTranslation();
  const { values, errors } = form;
  const [chosen, setOpen] = useState(Boolean(values.filter || values.attribute));
  const open = chosen || Boolean(errors.attribute);
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
          <FilterFields
            input={(field) => form.getInputProps(field)}
            attribute={!fixed}
            filter={values.filter}
            connection={values.connection}
            events={values.events}
          />
        </Stack>
      </Collapse>
    </div>
  );
}
