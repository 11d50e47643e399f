import { ActionIcon, Button, Group, Popover, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterIn, withFilter } from '../query.ts';

interface JumpToTimeProps {
  readonly query: string;
  onApply(query: string): void;
}

/** Shows the events before a date and time. */
export function JumpToTime({ query, onApply }: JumpToTimeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [time, setTime] = useState('');
  const show = (until: string | undefined) => {
    setOpen(false);
    onApply(withFilter(query, 'until', until));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show(time || undefined);
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
            <TextInput
              type="datetime-local"
              label={t('jump.until')}
              description={t('jump.help')}
              max="9999-12-31T23:59"
              value={time}
              onChange={({ currentTarget }) => setTime(currentTarget.value)}
            />
            <Group gap="xs" justify="flex-end">
              {filterIn(query, 'until') && (
                <Button variant="default" onClick={() => show(undefined)}>
                  {t('jump.latest')}
                </Button>
              )}
              <Button type="submit" disabled={time === ''}>
                {t('jump.show')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
