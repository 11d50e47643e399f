import { ActionIcon, Button, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrowseNode, Catalogue } from '../../../preload/contract/index.ts';
import type { HookDraft, ScopeKey } from './hook-draft.ts';
import { ScopeField } from './scope-field.tsx';

interface PlacesFieldProps {
  readonly form: UseFormReturnType<HookDraft>;
  readonly catalogue: Catalogue | undefined;
  readonly scopeKey: ScopeKey | undefined;
  readonly required: boolean;
  /** The connection to browse; undefined where it cannot be browsed. */
  readonly connection: string | undefined;
}

/** The places to watch: one id per line, typed or selected. */
export function PlacesField({ form, catalogue, scopeKey, required, connection }: PlacesFieldProps) {
  const { t } = useTranslation();
  const { places } = form.values;
  const set = (next: readonly string[]) => form.setFieldValue('places', next);
  const picked = ({ region }: BrowseNode) => {
    if (catalogue?.regions.some(({ value }) => value === region)) form.setFieldValue('region', region ?? '');
  };
  const isLastFilled = places.at(-1)?.trim() !== '';
  return (
    <Stack gap="xs" align="stretch">
      {places.map((place, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place has no other identity, and only its text changes
        <div key={index} className="place">
          <div className="place-field">
            <ScopeField
              scopeKey={scopeKey}
              connection={connection}
              required={required}
              first={index === 0}
              value={place}
              error={index === 0 ? form.errors.places : undefined}
              onChange={(value) => set(places.with(index, value))}
              onPicked={picked}
            />
          </div>
          {places.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              className="place-remove"
              aria-label={t('hookForm.removePlace', { place })}
              onClick={() => set(places.toSpliced(index, 1))}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {isLastFilled && (
        <Button
          variant="subtle"
          size="compact-sm"
          className="place-add"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set([...places, ''])}
        >
          {t('hookForm.addPlace')}
        </Button>
      )}
    </Stack>
  );
}
