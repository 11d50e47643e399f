import { Button, Menu, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Settings, Status } from '../../preload/contract.ts';
import { useAct } from '../queries.ts';
import { useKeptValues } from './kept-values.ts';
import { SaveForm } from './save-form.tsx';
import { Section } from './section.tsx';
import { TunnelCheck } from './tunnel-check.tsx';
import {
  changeOf,
  faultsIn,
  newWay,
  startTunnel,
  type TunnelDraft,
  type WayDraft,
  type WayKind,
  wayKinds,
} from './tunnel-draft.ts';
import { linkOf } from './tunnel-link.ts';
import { TunnelWay } from './tunnel-way.tsx';

interface TunnelSectionProps {
  readonly settings: Settings;
  readonly status: Status;
}

/** How callbacks reach this computer: the ways to be tried, in the user's order, and how each stands. */
export function TunnelSection({ settings, status }: TunnelSectionProps) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const form = useForm<TunnelDraft>({
    initialValues: startTunnel(settings),
    validate: (draft) => faultsIn(draft, t('common.required')),
  });
  useKeptValues(form, startTunnel(settings));
  const { ways } = form.values;
  // Not by the form's own list functions: after these it no longer knows whether anything was changed.
  const order = (next: readonly WayDraft[]): void => {
    form.clearErrors();
    form.setFieldValue('ways', next);
  };
  const add = (kind: WayKind): void => order([...ways, newWay(kind, crypto.randomUUID())]);
  const submit = form.onSubmit((draft) => save.mutate(changeOf(draft), { onSuccess: () => form.resetDirty() }));
  return (
    <Section title={t('settings.tunnel')} help={t('settings.tunnelHelp')}>
      <SaveForm dirty={form.isDirty()} save={save} onSubmit={submit} beside={<TunnelCheck tunnel={status.tunnel} />}>
        {ways.length === 0 && <Text size="sm">{t('settings.offHelp')}</Text>}
        {ways.length > 1 && <Text size="sm">{t('settings.orderHelp')}</Text>}
        {ways.length > 0 && (
          <ol className="ways">
            {ways.map((way, index) => (
              <TunnelWay
                key={way.key}
                way={way}
                index={index}
                form={form}
                onMove={(to) => order(ways.toSpliced(index, 1).toSpliced(to, 0, way))}
                onRemove={() => order(ways.toSpliced(index, 1))}
                link={linkOf(way, settings, status.tunnel)}
                receiver={settings.receiver.port === 0 ? undefined : status.receiver.port}
              />
            ))}
          </ol>
        )}
        <AddWay onAdd={add} />
        {ways.length > 0 && (
          <Switch
            label={t('settings.whenNeeded')}
            description={t('settings.whenNeededHelp')}
            {...form.getInputProps('whenNeeded', { type: 'checkbox' })}
          />
        )}
      </SaveForm>
    </Section>
  );
}

function AddWay({ onAdd }: { readonly onAdd: (kind: WayKind) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" width={420} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" className="way-add" leftSection={<IconPlus size={15} aria-hidden />}>
          {t('settings.addWay')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {wayKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            <Text size="sm">{t(`settings.${kind}`)}</Text>
            <Text size="xs">{t(`settings.${kind}Short`)}</Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
