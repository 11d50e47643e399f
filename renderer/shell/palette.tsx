import '@mantine/spotlight/styles.layer.css';
import { Kbd } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconLink, IconPlus, IconSearch, IconWebhook } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHookNames } from '../hook-name.ts';
import { useHooks } from '../queries.ts';
import { type Page, pages, type View } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { pageKeys } from './keys.ts';
import { linkTo } from './link.ts';
import { iconOf } from './page-icon.ts';

const [store, commands] = createSpotlight();
const size = 18;

/** Commands, pages and hooks by name, and a search for the typed text; open while it is mounted. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const [query, setQuery] = useState('');
  useEffect(() => commands.open(), []);
  const actions = useCommands();
  const searchEvents: SpotlightActionData = {
    id: 'search',
    label: t('palette.searchEvents', { text: query.trim() }),
    leftSection: <IconSearch size={size} aria-hidden />,
    keywords: query,
    onClick: () => view.set({ page: 'events', q: query.trim() }),
  };
  return (
    <Spotlight
      store={store}
      actions={query.trim() ? [...actions, searchEvents] : [...actions]}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      limit={12}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t('palette.hint') } }}
      nothingFound={t('palette.none')}
      searchProps={{ placeholder: t('palette.hint'), 'aria-label': t('palette.hint') }}
    />
  );
}

function goToPage(page: Page, label: string, onClick: () => void): SpotlightActionData {
  const PageIcon = iconOf[page];
  return {
    ...{ id: page, label, onClick },
    leftSection: <PageIcon size={size} stroke={1.7} aria-hidden />,
    rightSection: <Kbd size="xs">{pageKeys(page)}</Kbd>,
  };
}

function useCommands(): readonly SpotlightActionData[] {
  const { t } = useTranslation();
  const { view } = useWindow();
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  const go = (target: View) => () => view.set(target);
  const link = linkTo(view.get());
  const copyLink = async (text: string) => {
    await navigator.clipboard.writeText(text);
    notifications.show({ message: t('palette.linkCopied') });
  };
  const create = <IconPlus size={size} aria-hidden />;
  return [
    ...pages.map((page) => goToPage(page, t(`nav.${page}`), go({ page }))),
    { id: 'hook', label: t('hooks.create'), leftSection: create, onClick: go({ page: 'hooks', form: 'hook' }) },
    {
      id: 'connection',
      label: t('connections.add'),
      leftSection: create,
      onClick: go({ page: 'connections', form: 'connection' }),
    },
    { id: 'team-join', label: t('team.join'), leftSection: create, onClick: go({ page: 'team', form: 'join' }) },
    { id: 'team-create', label: t('team.create'), leftSection: create, onClick: go({ page: 'team', form: 'create' }) },
    ...(link === undefined
      ? []
      : [
          {
            id: 'link',
            label: t('palette.copyLink'),
            leftSection: <IconLink size={size} aria-hidden />,
            onClick: () => void copyLink(link),
          },
        ]),
    ...hooks.map((hook) => ({
      id: `hook-${hook.id}`,
      label: names.long(hook),
      leftSection: <IconWebhook size={size} aria-hidden />,
      onClick: go({ page: 'hooks', hook: hook.id }),
    })),
  ];
}
