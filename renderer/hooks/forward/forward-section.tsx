import { Button, Checkbox, Group, PasswordInput, Stack, Switch, TextInput, Title } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { ConfirmDialog, Note, ProblemNote } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import {
  type ForwardDraft,
  forwardDraftOf,
  forwardRequestOf,
  isWebUrl,
  leavesUnencrypted,
  secretStaysWith,
} from './forward-draft.ts';

/** Where the events of a hook of Ringback are forwarded to. */
export function ForwardSection({ hook: { id, forward } }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  const title = useId();
  const form = useForwardForm(forward);
  const save = useAct('hooks.update');
  const [ending, setEnding] = useState(false);
  const submit = form.onSubmit((draft) =>
    save.mutate(
      { id, forward: forwardRequestOf(draft, forward) },
      { onSuccess: (hook) => start(form, forwardDraftOf(hook.forward)) },
    ),
  );
  return (
    <section aria-labelledby={title}>
      <Title order={3} id={title} mt="md" mb={4}>
        {t('hookForward.title')}
      </Title>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="sm">
          <p className="form-help">{t('hookForward.help')}</p>
          <ForwardFields form={form} forward={forward} />
          <ProblemNote problem={save.error} />
          <Group gap="xs">
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('hookForward.save')}
            </Button>
            {forward && (
              <Button variant="default" className="danger" onClick={() => setEnding(true)}>
                {t('hookForward.end')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      {ending && <EndDialog hook={id} onClose={() => setEnding(false)} />}
    </section>
  );
}

type ForwardForm = UseFormReturnType<ForwardDraft>;

/** Resets the form when the stored values change, here or elsewhere. */
function useForwardForm(forward: Hook['forward']): ForwardForm {
  const { t } = useTranslation();
  const form = useForm<ForwardDraft>({
    initialValues: forwardDraftOf(forward),
    validate: { url: (url) => (isWebUrl(url) ? null : t('hookForward.urlWrong')) },
  });
  const stored = JSON.stringify(forward);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form starts again only when what is stored differs
  useEffect(() => start(form, forwardDraftOf(forward)), [stored]);
  return form;
}

function start(form: ForwardForm, draft: ForwardDraft): void {
  form.setInitialValues(draft);
  form.setValues(draft);
  form.clearErrors();
}

function ForwardFields({ form, forward }: { readonly form: ForwardForm; readonly forward: Hook['forward'] }) {
  const { t } = useTranslation();
  const { url, removeSecret } = form.values;
  const stays = secretStaysWith(forward, url);
  const help = stays ? 'secretStored' : forward?.signed && isWebUrl(url) ? 'secretOfOther' : 'secretHelp';
  return (
    <>
      <TextInput
        label={t('hookForward.url')}
        placeholder="http://localhost:3000/callback"
        maxLength={limits.url}
        spellCheck={false}
        {...form.getInputProps('url')}
      />
      {leavesUnencrypted(url) && <Note kind="warn">{t('hookForward.unencrypted')}</Note>}
      <PasswordInput
        label={t('hookForward.secret')}
        description={t(`hookForward.${help}`)}
        autoComplete="new-password"
        maxLength={limits.secret}
        disabled={stays && removeSecret}
        {...form.getInputProps('secret')}
      />
      {stays && (
        <Checkbox label={t('hookForward.removeSecret')} {...form.getInputProps('removeSecret', { type: 'checkbox' })} />
      )}
      <Checkbox
        label={t('hookForward.parallel')}
        description={t('hookForward.parallelHelp')}
        {...form.getInputProps('parallel', { type: 'checkbox' })}
      />
      <Switch label={t('hookForward.enabled')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </>
  );
}

function EndDialog({ hook, onClose }: { readonly hook: string; onClose(): void }) {
  const { t } = useTranslation();
  const end = useAct('hooks.update');
  return (
    <ConfirmDialog
      title={t('hookForward.endTitle')}
      text={t('hookForward.endText')}
      action={t('hookForward.end')}
      danger
      pending={end.isPending}
      problem={end.error}
      onConfirm={() => end.mutate({ id: hook, forward: null }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
