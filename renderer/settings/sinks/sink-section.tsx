import { Button, Menu, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/index.ts';
import { useListed, useStatus } from '../../queries.ts';
import { Section } from '../section.tsx';
import { type SinkKind, sinkKinds } from './sink-draft.ts';
import { SinkRow } from './sink-row.tsx';
import './sinks.css';

const SinkForm = lazy(async () => ({ default: (await import('./sink-form.tsx')).SinkForm }));

/** Where notifications are sent in addition to this computer. */
export function SinkSection() {
  const { t } = useTranslation();
  const { data: sinks, error } = useListed('sinks.list', {}, 'sinks.remove');
  const [adding, setAdding] = useState<SinkKind>();
  const { desktop = true, canNotifySend = false } = useStatus() ?? {};
  const kinds = sinkKinds.filter((kind) => kind !== 'notify-send' || canNotifySend);
  return (
    <Section title={t('sinks.title')} help={t('sinks.help')}>
      <ProblemNote problem={error} />
      {sinks?.length === 0 && <Text size="sm">{t(desktop ? 'sinks.none' : 'sinks.noneHeadless')}</Text>}
      {sinks && sinks.length > 0 && (
        <ul className="sinks">
          {sinks.map((sink) => (
            <SinkRow key={sink.id} sink={sink} />
          ))}
        </ul>
      )}
      <Menu position="bottom-start" width={360}>
        <Menu.Target>
          <Button variant="default" className="provider-add" leftSection={<IconPlus size={15} aria-hidden />}>
            {t('sinks.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => setAdding(kind)}>
              <Text size="sm">{t(`sinks.kinds.${kind}`)}</Text>
              <Text size="xs">{t(`sinks.about.${kind}`)}</Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {adding && (
        <Suspense>
          <SinkForm kind={adding} onClose={() => setAdding(undefined)} />
        </Suspense>
      )}
    </Section>
  );
}
