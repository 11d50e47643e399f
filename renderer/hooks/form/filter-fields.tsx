import { Textarea } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../preload/limits.ts';
import { useAnswer } from '../../queries.ts';

interface FilterFieldsProps {
  input(field: 'filter' | 'attribute'): GetInputPropsReturnType;
  /** Whether hooks of this provider have an attribute. */
  readonly attribute?: boolean;
  readonly filter: string;
  /** The connection on whose past events the filter is tried. */
  readonly connection: string;
  readonly events: readonly string[];
}

export function FilterFields({ input, attribute = true, filter, connection, events }: FilterFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <Textarea
          label={t('hookForm.filter')}
          description={t('hookForm.filterHelp')}
          classNames={{ input: 'mono' }}
          autosize
          minRows={2}
          maxLength={limits.filter}
          {...input('filter')}
        />
        <FilterResult filter={filter} connection={connection} events={events} />
      </div>
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

/** Milliseconds without typing before the filter is tried. */
const typing = 400;

/** The effect that the filter would have had on past events. */
function FilterResult({ filter, connection, events }: Pick<FilterFieldsProps, 'filter' | 'connection' | 'events'>) {
  const { t } = useTranslation();
  const [tried] = useDebouncedValue(filter.trim(), typing);
  const asked = { connection, events: [...events], filter: tried };
  const enabled = tried !== '' && connection !== '' && events.length > 0;
  const { data } = useAnswer('hooks.tryFilter', asked, { enabled });
  if (!enabled || !data) return null;
  const { stored, judged, passed } = data;
  const result =
    stored === 0
      ? t('hookForm.triedNone')
      : judged === 0
        ? t('hookForm.triedUnclear')
        : t('hookForm.tried', { passed, count: judged });
  return (
    <p className="filter-result" role="status">
      {result}
    </p>
  );
}
