import { Button, Group, Loader, MultiSelect, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { isNotEmpty, type UseFormReturnType, useForm } from '@mantine/form';
import { IconDownload, IconQrcode } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamFilter } from '../../preload/contract/index.ts';
import { useHookNames } from '../hook-name.ts';
import { ConfirmDialog, CopyButton, Dialog, download, FormDialog, Note } from '../parts/index.ts';
import { useAct, useConnections, useHooks } from '../queries.ts';

const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }));
/** Maximum bytes of a QR code. */
const mostInQrCode = 2950;

interface InviteDialogProps {
  onServer(): void;
  onClose(): void;
}

interface InviteDraft {
  readonly member: string;
  readonly connections: string[];
  readonly hooks: string[];
  readonly events: string[];
}

/** Adds a member, then shows its invitation once. */
export function InviteDialog({ onServer, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  const invite = useAct('team.invite');
  const form = useForm<InviteDraft>({
    initialValues: { member: '', connections: [], hooks: [], events: [] },
    validate: { member: isNotEmpty(t('common.required')) },
  });
  const submit = form.onSubmit((draft) => invite.mutate({ member: draft.member.trim(), filter: filterIn(draft) }));
  if (invite.data) {
    const { invitation } = invite.data;
    const name = form.values.member.trim();
    return (
      <Invitation title={t('teamForm.invited', { name })} {...{ name, invitation, onClose }}>
        <Note
          kind="warn"
          action={
            <Button variant="default" onClick={onServer}>
              {t('teamForm.loadConfig')}
            </Button>
          }
        >
          {t('teamForm.reload')}
        </Note>
      </Invitation>
    );
  }
  return (
    <FormDialog
      title={t('team.invite')}
      action={t('teamForm.inviteSubmit')}
      pending={invite.isPending}
      problem={invite.error}
      problemTitle={t('teamForm.inviteFailed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('teamForm.member')}
        description={t('teamForm.memberHelp')}
        data-autofocus
        {...form.getInputProps('member')}
      />
      <FilterFields form={form} />
    </FormDialog>
  );
}

function filterIn({ connections, hooks, events }: InviteDraft): TeamFilter {
  return {
    ...(connections.length > 0 ? { connections } : {}),
    ...(hooks.length > 0 ? { hooks } : {}),
    ...(events.length > 0 ? { events } : {}),
  };
}

function FilterFields({ form }: { readonly form: UseFormReturnType<InviteDraft> }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const connections = useConnections().data ?? [];
  const hooks = (useHooks().data ?? []).filter(({ ours }) => ours);
  const placeholderOf = (field: 'connections' | 'hooks' | 'events') =>
    form.values[field].length === 0 ? { placeholder: t('teamForm.all') } : {};
  return (
    <>
      <MultiSelect
        label={t('teamForm.connections')}
        data={connections.map(({ id, name }) => ({ value: id, label: name }))}
        {...placeholderOf('connections')}
        {...form.getInputProps('connections')}
      />
      <MultiSelect
        label={t('teamForm.hooks')}
        data={hooks.map((hook) => ({ value: hook.id, label: names.long(hook) }))}
        {...placeholderOf('hooks')}
        {...form.getInputProps('hooks')}
      />
      <TagsInput
        label={t('teamForm.events')}
        description={t('teamForm.eventsHelp')}
        data={[...new Set(hooks.map(({ event }) => event))].filter((event) => !event.includes('*'))}
        {...placeholderOf('events')}
        {...form.getInputProps('events')}
      />
    </>
  );
}

/** Shows an invitation that makes another computer a standby of this one. */
export function StandbyDialog({ onClose }: Pick<InviteDialogProps, 'onClose'>) {
  const { t } = useTranslation();
  const invite = useAct('team.inviteStandby');
  const title = t('team.inviteStandby');
  if (invite.data)
    return (
      <Invitation {...{ title, onClose }} name="standby" invitation={invite.data.invitation}>
        <Note kind="warn">{t('teamForm.standbyTunnel')}</Note>
      </Invitation>
    );
  return (
    <ConfirmDialog
      {...{ title, onClose }}
      text={t('teamForm.standbyHelp')}
      action={t('teamForm.inviteSubmit')}
      pending={invite.isPending}
      problem={invite.error}
      onConfirm={() => invite.mutate({})}
    />
  );
}

interface InvitationProps extends Pick<InviteDialogProps, 'onClose'> {
  readonly title: string;
  readonly name: string;
  readonly invitation: string;
  /** Further instructions. */
  readonly children: ReactNode;
}

function Invitation({ title, name, invitation, children, onClose }: InvitationProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <Textarea
          label={t('teamForm.invitation')}
          description={t('teamForm.invitedHelp')}
          classNames={{ input: 'team-secret' }}
          value={invitation}
          rows={5}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <WaysToSend name={name} invitation={invitation} />
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('common.close')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Ways to pass on the invitation: as text, as a file, or as a QR code. */
function WaysToSend({ name, invitation }: Pick<InvitationProps, 'name' | 'invitation'>) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Group gap="xs">
        <CopyButton text={invitation} label={t('teamForm.copyInvitation')} />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download(`${fileNameOf(name)}.invitation`, `${invitation}\n`)}
        >
          {t('teamForm.save')}
        </Button>
        {invitation.length <= mostInQrCode && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconQrcode size={14} aria-hidden />}
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
          >
            {t('teamForm.qrCode')}
          </Button>
        )}
      </Group>
      {shown && (
        <Suspense fallback={<Loader size="sm" />}>
          <QrCode text={invitation} />
        </Suspense>
      )}
    </>
  );
}

/** A file name that is valid on all systems. */
function fileNameOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'member';
}
