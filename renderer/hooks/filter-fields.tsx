import { Textarea } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';

interface FilterFieldsProps {
  input(field: 'filter' | 'attribute'): GetInputPropsReturnType;
  /** Whether hooks take one here. */
  readonly attribute?: boolean;
}

export function FilterFields({ input, attribute = true }: FilterFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Textarea
        label={t('hookForm.filter')}
        description={t('hookForm.filterHelp')}
        classNames={{ input: 'mono' }}
        autosize
        minRows={2}
        maxLength={4000}
        {...input('filter')}
      />
      {attribute && (
        <Textarea
          label={t('hookForm.attribute')}
          description={t('hookForm.attributeHelp')}
          classNames={{ input: 'mono' }}
          autosize
          minRows={2}
          {...input('attribute')}
        />
      )}
    </>
  );
}
