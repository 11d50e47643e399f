import { Button, Group, TextInput } from '@mantine/core';
import { IconListTree } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrowseNode } from '../../../preload/contract/index.ts';
import { PickerDialog } from '../../picker/index.ts';
import type { ScopeKey } from './hook-draft.ts';

interface ScopeFieldProps {
  readonly scopeKey: ScopeKey | undefined;
  /** The connection to pick from; undefined where there is nothing to pick. */
  readonly connection: string | undefined;
  readonly required: boolean;
  /** Whether it stands above others of its kind, so that it says what they are. */
  readonly first: boolean;
  readonly value: string;
  readonly error: ReactNode;
  onChange(value: string): void;
  /** The value was picked, and this is where it comes from. */
  onPicked(node: BrowseNode): void;
}

/** The value of a scope: typed, or picked where the account can be looked through. */
export function ScopeField(props: ScopeFieldProps) {
  const { scopeKey, connection, required, first, value, error, onChange, onPicked } = props;
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const [picked, setPicked] = useState<{ readonly value: string; readonly path: string }>();
  const kinds = connection === undefined ? undefined : scopeKey?.pick;
  const key = scopeKey?.key ?? '';
  const label = scopeKey?.label ?? t('hookForm.scopeValue');
  return (
    <>
      <TextInput
        {...(first ? { label, withAsterisk: required } : { 'aria-label': label })}
        description={
          picked && picked.value === value ? picked.path : first && (scopeKey?.help ?? t('hookForm.scopeValueHelp'))
        }
        maxLength={1000}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...(scopeKey ? { placeholder: t('hookForm.example', { example: scopeKey.example }) } : {})}
        inputContainer={(input) => (kinds ? <WithBrowse input={input} onBrowse={() => setPicking(true)} /> : input)}
      />
      {picking && connection !== undefined && kinds && (
        <PickerDialog
          title={t('picker.title', { what: scopeKey?.label ?? '' })}
          connection={connection}
          kinds={kinds}
          fits={(node) => node.scope?.[key] !== undefined}
          onPick={({ node, path }) => {
            const chosen = node.scope?.[key] ?? '';
            onChange(chosen);
            setPicked({ value: chosen, path: path.join(' / ') });
            onPicked(node);
            setPicking(false);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}

function WithBrowse({ input, onBrowse }: { readonly input: ReactNode; onBrowse(): void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end" className="scope-input">
      {input}
      <Button variant="default" leftSection={<IconListTree size={15} aria-hidden />} onClick={onBrowse}>
        {t('picker.open')}
      </Button>
    </Group>
  );
}
