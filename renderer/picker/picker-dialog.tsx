import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrowseKind, BrowseNode } from '../../preload/contract/index.ts';
import { Dialog, HelpLink, Note, ProblemNote } from '../parts/index.ts';
import { useConnectors } from '../queries.ts';
import { type Branches, depthOf, root } from './branches.ts';
import { useBrowsing } from './browsing.ts';
import { PickerTree } from './picker-tree.tsx';
import { type NodeRow, type Row, rowsOf } from './rows.ts';
import './picker.css';
import { messageText } from '../message-text.ts';

export interface Pick {
  readonly node: BrowseNode;
  /** The names from the hub to the node. */
  readonly path: readonly string[];
}

interface PickerDialogProps {
  readonly title: string;
  readonly connection: string;
  /** The kinds that can be selected; the tree is only as deep as they need. */
  readonly kinds: readonly BrowseKind[];
  /** Whether a node of these kinds can be selected; all can where absent. */
  fits?(node: BrowseNode): boolean;
  onPick(pick: Pick): void;
  onClose(): void;
}

/** Selects a node in the tree of an account: hubs, projects, folders, files, versions, components. */
export function PickerDialog({ title, connection, kinds, fits = () => true, onPick, onClose }: PickerDialogProps) {
  const { t } = useTranslation();
  const browsing = useBrowsing(connection);
  const [search, setSearch] = useState('');
  const [active, setActive] = useState<string>();
  const { branches, opened } = browsing;
  const rows = rowsOf({ branches, opened, search, depth: depthOf(kinds) });
  const canPick = (row: Row): row is NodeRow => row.kind === 'node' && kinds.includes(row.node.kind) && fits(row.node);
  const chosen = rows.filter(canPick).find(({ id }) => id === active);
  const pick = (row: Row) => {
    if (canPick(row)) onPick({ node: row.node, path: row.path.map(({ name }) => name) });
  };
  const failed = branches.get(root)?.problem;
  return (
    <Dialog title={title} wide onClose={onClose}>
      <Stack gap="sm">
        <TextInput
          aria-label={t('picker.search')}
          placeholder={t('picker.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
        <Notes branches={branches} opened={opened} />
        <ProblemNote problem={failed} title={t('picker.failed')} onRetry={() => browsing.more(root)} />
        {!failed && rows.length > 0 && (
          <PickerTree
            label={t('picker.tree')}
            rows={rows}
            browsing={browsing}
            active={active}
            canPick={canPick}
            onActive={setActive}
            onPick={pick}
          />
        )}
        {!failed && rows.length === 0 && <p className="faint">{t('picker.noneFound')}</p>}
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <span className="picker-chosen" aria-live="polite">
            {chosen?.path.map(({ name }) => name).join(' / ')}
          </span>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button disabled={!chosen} onClick={() => chosen && pick(chosen)}>
              {t('picker.choose')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The notes on missing items of the visible branches, without duplicates. */
function Notes({ branches, opened }: { readonly branches: Branches; readonly opened: ReadonlySet<string> }) {
  const inSight = [root, ...opened].flatMap((key) => branches.get(key)?.notes ?? []);
  const notes = new Map(inSight.map((note) => [note.text, note]));
  const links = (useConnectors().data ?? []).flatMap((connector) => connector.links ?? []);
  return [...notes.values()].map(({ text, textMessage, link }) => {
    const help = links.find(({ id }) => id === link);
    return (
      <Note key={text} kind="warn">
        <div>{messageText(textMessage, text)}</div>
        {help && <HelpLink {...help} />}
      </Note>
    );
  });
}
