import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeField } from '../../parts/index.ts';
import { filterIn, withFilter } from '../query.ts';

interface JumpToTimeProps {
  readonly query: string;
  onApply(query: string): void;
}

/** Shows the events before a date and time. */
export function JumpToTime({ query, onApply }: JumpToTimeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [date, setDate] = useState('');
  const [time, setTime] = useState('23:59');
  const show = (until: string | undefined) => {
    setOpen(false);
    onApply(withFilter(query, 'until', until));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show(`${date}T${time}`);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus withRoles={false}>
      <Popover.Target>
        <Tooltip label={t('jump.title')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('jump.title')}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconCalendarSearch size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Group gap="sm" wrap="nowrap">
              <TextInput
                type="date"
                label={t('jump.date')}
                max="9999-12-31"
                value={date}
                onChange={({ currentTarget }) => setDate(currentTarget.value)}
              />
              <TimeField w={110} label={t('jump.time')} value={time} onChange={setTime} />
            </Group>
            <Text size="xs" c="dimmed">
              {t('jump.help')}
            </Text>
            <Group gap="xs" justify="flex-end">
              {filterIn(query, 'until') && (
                <Button variant="default" onClick={() => show(undefined)}>
                  {t('jump.latest')}
                </Button>
              )}
              <Button type="submit" disabled={date === '' || time === ''}>
                {t('jump.show')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
