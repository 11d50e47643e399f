import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../queries.ts';

interface HookFilterBarProps {
  readonly whose: string;
  readonly connection: string | undefined;
  readonly count: number;
  onWhose(whose: string): void;
  onConnection(id: string | undefined): void;
}

export function HookFilterBar({ whose, onWhose, connection, onConnection, count }: HookFilterBarProps) {
  const { t } = useTranslation();
  const connections = useConnections().data ?? [];
  const choices = (['all', 'ours', 'others'] as const).map((value) => ({ value, label: t(`hooks.${value}`) }));
  return (
    <div className="bar">
      <SegmentedControl size="xs" data={choices} value={whose} onChange={onWhose} aria-label={t('hooks.owner')} />
      {connections.length > 1 && (
        <Select
          className="bar-select"
          size="xs"
          aria-label={t('hooks.filterByConnection')}
          placeholder={t('hooks.allConnections')}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          value={connection ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('hooks.allConnections') }}
          onChange={(id) => onConnection(id ?? undefined)}
        />
      )}
      <span className="faint small bar-end">{t('hooks.count', { count })}</span>
    </div>
  );
}
