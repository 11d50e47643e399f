import { Button, Collapse, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalogue } from '../../preload/contract.ts';
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
  const { values, errors } = form;
  const system = systemIn(catalogue, values.system);
  const event = system?.events.find((known) => known.event === values.event);
  const narrowing = narrowingKeysFor(system, values.event);
  const keys = scopeKeysFor(system, values.event).filter(({ optional }) => !optional);
  const unlisted = events.filter((name) => !system?.events.some((known) => known.event === name));
  const key = keys.find((known) => known.key === values.scopeKey);

  const changeEvent = (name: string, of = system) => {
    const fitting = scopeKeysFor(of, name).filter(({ optional }) => !optional);
    form.setFieldValue('event', name);
    form.setFieldValue('narrowing', {});
    if (fitting.length > 0 && !fitting.some((known) => known.key === values.scopeKey)) {
      form.setFieldValue('scopeKey', fitting.length === 1 ? (fitting[0]?.key ?? '') : '');
    }
  };
  const changeSystem = (name: string) => {
    form.setFieldValue('system', name);
    const next = systemIn(catalogue, name);
    if (next && !next.events.some((known) => known.event === values.event)) changeEvent('', next);
  };

  return (
    <>
      <SimpleGrid cols={2} spacing="md">
        <ChoiceField
          label={t('hookForm.system')}
          help={t('hookForm.systemHelp')}
          choices={catalogue?.systems.map((each) => ({ value: each.system, title: each.title })) ?? []}
          value={values.system}
          error={errors.system}
          required
          onChange={changeSystem}
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
          onChange={changeEvent}
        />
      </SimpleGrid>
      {(event?.help ?? system?.help) && <p className="form-help">{event?.help ?? system?.help}</p>}
      {system?.userOnly && <Note kind="warn">{t('hookForm.userOnly')}</Note>}
      <SimpleGrid cols={2} spacing="md">
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
          scopeKey={key}
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
      {narrowing.map(({ key: name, label, help, example }) => (
        <TextInput
          key={name}
          label={label}
          description={help}
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
