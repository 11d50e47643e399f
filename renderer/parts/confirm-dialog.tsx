import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly danger?: boolean;
  /** The label of a checkbox that must be ticked before the action is possible. */
  readonly confirmation?: string | undefined;
  readonly pending: boolean;
  readonly problem: Error | null;
  readonly children?: ReactNode;
  onConfirm(): void;
  onClose(): void;
}

/** Confirms an action that cannot be undone; stays open with the reason where it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  const [given, setGiven] = useState(false);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <Stack gap="md">
        <Text size="sm">{props.text}</Text>
        {props.children}
        {props.confirmation && (
          <Checkbox
            label={props.confirmation}
            checked={given}
            onChange={(event) => setGiven(event.currentTarget.checked)}
          />
        )}
        <ProblemNote problem={props.problem} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button
            {...(props.danger ? { color: 'red.8' } : {})}
            loading={props.pending}
            disabled={props.confirmation !== undefined && !given}
            onClick={props.onConfirm}
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
