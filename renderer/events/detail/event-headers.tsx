import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../parts/index.ts';
import { isSecretHeader } from './secret-header.ts';

export function EventHeaders({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const entries = Object.entries(headers);
  const text = entries.map(([name, value]) => `${name}: ${isSecretHeader(name) ? '***' : value}`).join('\n');
  return (
    <div>
      <div className="detail-actions">
        <CopyButton text={text} label={t('event.copyHeaders')} />
      </div>
      <Table className="headers-table" verticalSpacing={6} fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('event.header')}</Table.Th>
            <Table.Th>{t('event.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">
                <code>{name}</code>
              </Table.Th>
              <Table.Td>
                {isSecretHeader(name) ? <em className="faint">{t('event.hidden')}</em> : <code>{value}</code>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
