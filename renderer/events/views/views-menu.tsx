import { ActionIcon, Menu, TextInput, Tooltip } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { FormDialog, showUndo, undoTime } from '../../parts/index.ts';
import { isFull, withoutView, withView } from './saved-views.ts';
import { useSavedViews } from './use-saved-views.ts';

interface ViewsMenuProps {
  /** The query that is applied. */
  readonly query: string;
  onApply(query: string): void;
}

/** The menu of saved searches, which are stored in the settings. */
export function ViewsMenu({ query, onApply }: ViewsMenuProps) {
  const { t } = useTranslation();
  const [views, change] = useSavedViews();
  const [naming, setNaming] = useState(false);
  const remove = (view: SavedView) =>
    change.mutate((before) => withoutView(before, view.name), {
      onSuccess: () =>
        showUndo({
          text: t('removal.one', { name: view.name }),
          action: t('common.undo'),
          time: undoTime,
          undo: () => change.mutate((before) => withView(before, view)),
        }),
    });
  const present = views.find((view) => view.query === query);
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Tooltip label={t('views.title')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('views.title')}>
              <IconBookmark size={17} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{t('views.none')}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item key={view.name} onClick={() => onApply(view.query)}>
              <div>{view.name}</div>
              <code className="faint view-query">{view.query}</code>
            </Menu.Item>
          ))}
          <Menu.Divider />
          {/* Can have the focus while disabled, since keys close a menu only where one of its items has the focus. */}
          <Menu.Item
            leftSection={<IconBookmarkPlus size={15} aria-hidden />}
            aria-disabled={query === ''}
            {...(query === '' ? { 'data-disabled': true } : {})}
            closeMenuOnClick={query !== ''}
            onClick={() => query !== '' && setNaming(true)}
          >
            {t('views.save')}
          </Menu.Item>
          {present && (
            <Menu.Item
              className="danger"
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() => remove(present)}
            >
              {t('views.remove', { name: present.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && <NameDialog query={query} views={views} change={change} onClose={() => setNaming(false)} />}
    </>
  );
}

interface NameDialogProps {
  readonly query: string;
  readonly views: readonly SavedView[];
  readonly change: ReturnType<typeof useSavedViews>[1];
  onClose(): void;
}

function NameDialog({ query, views, change, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: '' },
    validate: {
      name: (name) => {
        if (name.trim() === '') return t('common.required');
        return isFull(views, name.trim()) ? t('views.full', { most: limits.savedViews }) : null;
      },
    },
  });
  const submit = form.onSubmit(({ name }) =>
    change.mutate((before) => withView(before, { name: name.trim(), query }), { onSuccess: onClose }),
  );
  return (
    <FormDialog
      title={t('views.nameTitle')}
      action={t('common.save')}
      pending={change.isPending}
      problem={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('views.name')}
        description={query}
        maxLength={limits.savedViewName}
        withAsterisk
        data-autofocus
        {...form.getInputProps('name')}
      />
    </FormDialog>
  );
}
