import { Select, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../preload/contract/index.ts';

interface ConnectionFieldProps {
  readonly field: Field;
  readonly input: GetInputPropsReturnType;
  /** Makes the field optional, for replacing secrets. */
  readonly optional?: boolean;
}

const modes = { url: 'url', port: 'numeric', text: 'text', secret: 'text' } as const;

/** One field of a connector. A secret is not shown, neither while it is typed nor later. */
export function ConnectionField({ field, input, optional = false }: ConnectionFieldProps) {
  const { t } = useTranslation();
  const shared = {
    ...input,
    label: field.label,
    description: field.help ?? (field.kind === 'secret' ? t('connectionForm.secretHelp') : undefined),
    withAsterisk: field.required && !optional,
  };
  if (field.kind === 'choice') {
    return (
      <Select
        {...shared}
        data={[...(field.choices ?? [])]}
        clearable={!field.required}
        allowDeselect={!field.required}
        placeholder={t('connectionForm.choose')}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      type={field.kind === 'secret' ? 'password' : 'text'}
      inputMode={modes[field.kind]}
      autoComplete={field.kind === 'secret' ? 'new-password' : 'off'}
      spellCheck={false}
    />
  );
}
