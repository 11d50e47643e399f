import { Kbd, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/index.ts';
import { pages } from '../view.ts';
import { pageKeys } from './keys.ts';

const others = [
  ['Ctrl K', 'shortcuts.commands'],
  ['/', 'shortcuts.search'],
  ['↑ ↓', 'shortcuts.move'],
  ['Enter', 'shortcuts.open'],
  ['Esc', 'shortcuts.close'],
  ['Ctrl Z', 'shortcuts.undo'],
  ['F8', 'shortcuts.toast'],
  ['?', 'shortcuts.help'],
] as const;

/** The list of keyboard shortcuts. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const rows = [
    ...others.map(([keys, text]) => [keys, t(text)] as const),
    ...pages.map((page) => [pageKeys(page), t('shortcuts.page', { page: t(`nav.${page}`) })] as const),
  ];
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <Table verticalSpacing={5}>
        <Table.Tbody>
          {rows.map(([keys, text]) => (
            <Table.Tr key={keys}>
              <Table.Th scope="row" fw={400}>
                {text}
              </Table.Th>
              <Table.Td ta="end">
                {keys.split(' ').map((key) => (
                  <Kbd key={key} ml={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
