import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { messageText } from '../../message-text.ts';
import { Note, ProblemNote } from '../../parts/index.ts';
import { useAct, useConnections } from '../../queries.ts';

type Checked = Output<'rejections.check'>;

/** Verifies a rejected delivery with a typed secret, which is stored only if the user then says so. */
export function CheckForm({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const check = useAct('rejections.check');
  const form = useForm({ initialValues: { secret: '' } });
  const { secret } = form.values;
  const submit = form.onSubmit(() => check.mutate({ id, secret }));
  const input = form.getInputProps('secret');
  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="check-form">
      <div className="check-line">
        <PasswordInput
          label={t('rejected.secret')}
          description={t('rejected.secretHelp')}
          autoComplete="new-password"
          maxLength={limits.secret}
          {...input}
          onChange={(event) => {
            check.reset();
            input.onChange(event);
          }}
        />
        <Button type="submit" variant="default" loading={check.isPending} disabled={secret === ''}>
          {t('rejected.check')}
        </Button>
      </div>
      <ProblemNote problem={check.error} />
      <div role="status">{check.data && <Verdict checked={check.data} secret={secret} />}</div>
    </form>
  );
}

function Verdict({ checked, secret }: { readonly checked: Checked; readonly secret: string }) {
  const { t } = useTranslation();
  if (checked.accepted) return <Accepted field={checked.field} secret={secret} />;
  return (
    <Note kind="bad" title={t('rejected.stillRejected')}>
      {messageText(checked.reasonMessage, checked.reason)}
    </Note>
  );
}

function Accepted({ field, secret }: { readonly field: Checked['field']; readonly secret: string }) {
  const { t } = useTranslation();
  const keep = useAct('connections.update');
  const connection = useConnections().data?.find(({ id }) => id === field?.connection);
  if (keep.isSuccess) return <Note kind="plain" title={t('rejected.stored')} />;
  if (!field || !connection) return <Note kind="plain" title={t('rejected.accepted')} />;
  const store = () => keep.mutate({ id: connection.id, secrets: { [field.name]: secret } });
  return (
    <>
      <Note
        kind="plain"
        title={t('rejected.accepted')}
        action={
          <Button size="xs" loading={keep.isPending} onClick={store}>
            {t('rejected.keep')}
          </Button>
        }
      >
        {t('rejected.keepHelp', { connection: connection.name })}
      </Note>
      <ProblemNote problem={keep.error} />
    </>
  );
}
