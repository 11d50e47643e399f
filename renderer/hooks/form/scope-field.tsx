import { Button, Group, TextInput } from '@mantine/core';
import { IconListTree } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrowseNode } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { PickerDialog } from '../../picker/index.ts';
import type { ScopeKey } from './hook-draft.ts';

interface ScopeFieldProps {
  readonly scopeKey: ScopeKey | undefined;
  /** The connection to browse; undefined where it cannot be browsed. */
  readonly connection: string | undefined;
  readonly required: boolean;
  /** Whether it is the first field of its kind, which has the label. */
  readonly first: boolean;
  readonly value: string;
  readonly error: ReactNode;
  onChange(value: string): void;
  /** Called with the node where the value was selected in the tree. */
  onPicked(node: BrowseNode): void;
}

/** The value of a scope key, typed or selected in the account's tree. */
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
        maxLength={limits.scopeValue}
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
