import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { EventDetail } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { FormDialog, Note } from '../../parts/index.ts';
import { useAct, useHooks } from '../../queries.ts';
import { ForwardLine } from './event-overview.tsx';

interface SendDialogProps {
  readonly event: EventDetail;
  onClose(): void;
}

/** Sends the exact bytes of an event to a handler, and shows its response. */
export function SendDialog({ event, onClose }: SendDialogProps) {
  const { t } = useTranslation();
  const send = useAct('events.forward');
  const forward = useHooks().data?.find(({ id }) => id === event.hook)?.forward;
  const form = useForm({
    initialValues: { url: forward?.url ?? '', secret: '' },
    validate: { url: (url) => (url.trim() ? null : t('common.required')) },
  });
  const submit = form.onSubmit(({ url, secret }) =>
    send.mutate({ id: event.id, url: url.trim(), ...(secret ? { secret } : {}) }),
  );
  return (
    <FormDialog
      title={t('sendEvent.title')}
      action={t('sendEvent.submit')}
      pending={send.isPending}
      done={send.isSuccess}
      problem={send.error}
      problemTitle={t('sendEvent.failed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-help">{t('sendEvent.help')}</p>
      <TextInput
        label={t('sendEvent.url')}
        description={t('sendEvent.urlHelp')}
        placeholder="http://localhost:3000/callback"
        withAsterisk
        maxLength={limits.url}
        data-autofocus
        {...form.getInputProps('url')}
      />
      <PasswordInput
        label={t('sendEvent.secret')}
        description={t('sendEvent.secretHelp')}
        autoComplete="new-password"
        maxLength={limits.secret}
        {...form.getInputProps('secret')}
      />
      {send.data && (
        <div role="status">
          <Note kind="plain" title={t('sendEvent.done')}>
            <ForwardLine attempt={send.data} />
          </Note>
        </div>
      )}
    </FormDialog>
  );
}
