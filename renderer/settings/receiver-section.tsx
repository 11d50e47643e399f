import { NumberInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Settings, Status } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { shortOf } from '../clock.ts';
import { messageText } from '../message-text.ts';
import { useAct } from '../queries.ts';
import { SaveForm } from './save-form.tsx';
import { Section } from './section.tsx';
import { useStoredValues } from './stored-values.ts';

interface ReceiverSectionProps {
  readonly settings: Settings;
  readonly status: Status;
}

export function ReceiverSection({ settings, status: { receiver } }: ReceiverSectionProps) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const form = useForm<{ readonly port: number | string }>({
    initialValues: { port: settings.receiver.port },
    validate: { port: (port) => (port === '' ? t('common.required') : null) },
  });
  useStoredValues(form, { port: settings.receiver.port });
  const submit = form.onSubmit(({ port }) =>
    save.mutate({ receiver: { port: Number(port) } }, { onSuccess: () => form.resetDirty() }),
  );
  return (
    <Section title={t('settings.receiver')} help={t('settings.receiverHelp')}>
      <SaveForm
        dirty={form.isDirty()}
        save={save}
        onSubmit={submit}
        beside={
          <Text size="sm">
            {messageText(receiver.reason, receiver.problem) ?? t('settings.portNow', { port: receiver.port })}
          </Text>
        }
      >
        <NumberInput
          label={t('settings.port')}
          description={t('settings.portHelp')}
          maw={200}
          min={0}
          max={limits.port}
          allowDecimal={false}
          {...form.getInputProps('port')}
        />
        {receiver.unmatched && <UnmatchedNote {...receiver.unmatched} />}
      </SaveForm>
    </Section>
  );
}

function UnmatchedNote({ count, since, lastMethod, lastPath }: NonNullable<Status['receiver']['unmatched']>) {
  const { t } = useTranslation();
  return (
    <Text size="xs" className="faint">
      {t('settings.unmatched', { count, since: shortOf(since), method: lastMethod, path: lastPath })}
    </Text>
  );
}
