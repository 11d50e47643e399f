import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../locale.ts';
import { useWindow } from '../window-context.ts';
import type { AttentionItem, AttentionKind } from './attention.ts';

const warnings: readonly AttentionKind[] = ['slowJobs', 'inactive', 'rejected'];
const namesShown = 3;

/** The items that need attention, each with a link. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  const { t } = useTranslation();
  if (items.length === 0) {
    return (
      <p className="home-calm">
        <IconCircleCheck size={18} stroke={1.7} aria-hidden />
        {t('home.calm')}
      </p>
    );
  }
  return (
    <ul className="home-attention">
      {items.map((item) => (
        <li key={item.kind}>
          <AttentionRow item={item} />
        </li>
      ))}
    </ul>
  );
}

function AttentionRow({ item: { kind, count, isCapped, names, target } }: { readonly item: AttentionItem }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const isWarning = warnings.includes(kind);
  const Mark = isWarning ? IconAlertTriangle : IconCircleX;
  const more = names.length - namesShown;
  const shown = [...names.slice(0, namesShown), ...(more > 0 ? [t('home.more', { count: more })] : [])];
  return (
    <UnstyledButton className="home-row" onClick={() => view.set(target)}>
      <Mark size={18} stroke={1.7} className={isWarning ? 'home-warn' : 'home-bad'} aria-hidden />
      <span className="home-row-text home-reason">
        <span>{t(`home.attention.${kind}`, { count, number: isCapped ? `${count}+` : count })}</span>
        {shown.length > 0 && (
          <span className="faint small">{new Intl.ListFormat(currentLocale(), { type: 'unit' }).format(shown)}</span>
        )}
      </span>
      <IconChevronRight size={16} stroke={1.7} className="home-chevron" aria-hidden />
    </UnstyledButton>
  );
}
