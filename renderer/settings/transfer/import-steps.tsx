import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportStep } from '../../../preload/contract/index.ts';
import { messageText } from '../../message-text.ts';

const colours: Readonly<Record<ImportStep['state'], string>> = {
  new: 'blue',
  present: 'gray',
  done: 'green',
  incomplete: 'yellow',
  waiting: 'yellow',
  failed: 'red',
};

/** The parts of an exported file, with the result of each. */
export function ImportSteps({ steps }: { readonly steps: readonly ImportStep[] }) {
  const { t } = useTranslation();
  const isIncomplete = steps.some(({ state }) => state === 'incomplete' || state === 'waiting');
  return (
    <>
      <Table verticalSpacing={6} aria-label={t('settings.transfer.parts')}>
        <Table.Tbody>
          {steps.map(({ kind, name, state, problem, problemMessage }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one result never change their order
            <Table.Tr key={index}>
              <Table.Td>
                <Text size="sm">{t(`settings.transfer.kinds.${kind}`, { name })}</Text>
                {problem && (
                  <Text size="xs" c="dimmed">
                    {messageText(problemMessage, problem)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td align="right">
                <Badge variant="light" tt="none" color={colours[state]}>
                  {t(`settings.transfer.states.${state}`)}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {isIncomplete && (
        <Text size="xs" c="dimmed">
          {t('settings.transfer.incompleteHelp')}
        </Text>
      )}
    </>
  );
}
