import { Accordion, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Recovery } from '../../preload/contract/index.ts';
import { dayTimeOf } from '../clock.ts';
import { useHookNames } from '../hook-name.ts';
import { messageText } from '../message-text.ts';
import { useAnswer, useHooks } from '../queries.ts';
import { useNow } from '../time.tsx';

const shown = 20;

/** The events that were recovered from providers after times without a connection, and the gaps that remain. */
export function RecoveryHistory() {
  const { t } = useTranslation();
  const history = useAnswer('recovery.history', { limit: shown }).data ?? [];
  if (history.length === 0) return null;
  return (
    <Accordion className="recoveries" chevronPosition="left" chevronSize={14}>
      <Accordion.Item value="all">
        <Accordion.Control>{t('recovery.title', { count: history.length })}</Accordion.Control>
        <Accordion.Panel>
          <ul className="findings">
            {history.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ul>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Entry({ entry: { from, to, found, text, textMessage, gaps } }: { readonly entry: Recovery }) {
  const { t } = useTranslation();
  const now = useNow();
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  return (
    <li className="finding">
      <div className="finding-text">
        <span className="finding-subject">
          {t('recovery.span', { from: dayTimeOf(from, now), to: dayTimeOf(to, now) })}
        </span>{' '}
        {found > 0 ? t('recovery.found', { text: messageText(textMessage, text) }) : t('recovery.none')}
        {gaps.map(({ hook, reason: english, reasonMessage }) => {
          const reason = messageText(reasonMessage, english);
          const known = hooks.find(({ id }) => id === hook);
          return (
            <Text key={`${hook} ${reason}`} size="sm" className="faint">
              {t('recovery.unchecked', { hook: known ? names.long(known) : t('recovery.removedHook'), reason })}
            </Text>
          );
        })}
      </div>
    </li>
  );
}
