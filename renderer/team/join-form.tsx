import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../parts/index.ts';
import { useAct } from '../queries.ts';

/** Makes this computer a member, with an invitation of the receiver. */
export function JoinForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const join = useAct('team.join');
  const form = useForm({
    initialValues: { invitation: '' },
    validate: { invitation: isNotEmpty(t('common.required')) },
  });
  const submit = form.onSubmit(({ invitation }) => join.mutate({ invitation }, { onSuccess: onClose }));
  const read = async (file: File | null) => {
    if (file) form.setFieldValue('invitation', await file.text());
  };
  return (
    <FormDialog
      title={t('team.join')}
      action={t('team.join')}
      pending={join.isPending}
      problem={join.error}
      problemTitle={t('teamForm.joinFailed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        label={t('teamForm.invitation')}
        description={t('teamForm.invitationHelp')}
        classNames={{ input: 'team-secret' }}
        rows={5}
        data-autofocus
        {...form.getInputProps('invitation')}
      />
      <Group>
        <FileButton onChange={(file) => void read(file)}>
          {(props) => (
            <Button variant="default" size="compact-sm" leftSection={<IconFile size={14} aria-hidden />} {...props}>
              {t('teamForm.file')}
            </Button>
          )}
        </FileButton>
      </Group>
    </FormDialog>
  );
}
