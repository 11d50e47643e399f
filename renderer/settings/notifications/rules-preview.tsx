import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NotificationRule } from '../../../preload/contract/index.ts';
import { useAnswer } from '../../queries.ts';

interface RulesPreviewProps {
  readonly rules: readonly NotificationRule[];
  /** Whether they differ from the stored ones. */
  readonly changed: boolean;
}

/** The effect of the stored and the edited rules on the last seven days. */
export function RulesPreview({ rules, changed }: RulesPreviewProps) {
  const { t } = useTranslation();
  const preview = useAnswer('notifications.preview', { rules: [...rules] }, { keepPrevious: true }).data;
  if (!preview) return null;
  const { present, proposed } = preview;
  return (
    <Text size="sm" aria-live="polite">
      {t('rules.present', { counts: t('rules.counts', present) })}
      {changed && <br />}
      {changed && t('rules.proposed', { counts: t('rules.counts', proposed) })}
    </Text>
  );
}
