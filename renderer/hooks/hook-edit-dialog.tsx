import { Checkbox } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract/index.ts';
import { FormDialog } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { attributeIn, attributeText, FilterFields } from './form/index.ts';

/** Changes filter and attribute; the event and scope of a hook cannot be changed. */
export function HookEditDialog({ hook, onClose }: { readonly hook: Hook; onClose(): void }) {
  const { t } = useTranslation();
  const update = useAct('hooks.update');
  const form = useForm({
    initialValues: { filter: hook.filter ?? '', attribute: attributeText(hook.attribute), confirmed: hook.ours },
    validate: { attribute: (text) => (attributeIn(text) === null ? t('hookForm.attributeWrong') : null) },
  });
  const submit = form.onSubmit((values) => {
    const filter = values.filter.trim() || null;
    const attribute = attributeIn(values.attribute) ?? null;
    const external = hook.ours ? {} : { foreign: true };
    update.mutate({ id: hook.id, filter, attribute, ...external }, { onSuccess: onClose });
  });
  return (
    <FormDialog
      title={t('hookDialog.editTitle')}
      action={t('common.save')}
      pending={update.isPending}
      problem={update.error}
      disabled={!form.values.confirmed}
      onSubmit={submit}
      onClose={onClose}
    >
      <FilterFields
        input={(field) => form.getInputProps(field)}
        filter={form.values.filter}
        connection={hook.connection}
        events={[hook.event]}
      />
      {!hook.ours && (
        <Checkbox label={t('hookDialog.external')} {...form.getInputProps('confirmed', { type: 'checkbox' })} />
      )}
    </FormDialog>
  );
}
