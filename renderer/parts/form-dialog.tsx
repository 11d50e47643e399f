import { Button, Group, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly action: string;
  readonly pending: boolean;
  readonly problem: Error | null;
  readonly problemTitle?: string;
  readonly disabled?: boolean;
  /** Whether the typed text was processed and can be discarded without confirmation. */
  readonly done?: boolean;
  readonly children: ReactNode;
  onSubmit(event: FormEvent<HTMLFormElement>): void;
  onClose(): void;
}

/** A form in a dialog. It stays open with its values and the reason where the host rejects them. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation();
  const { title, wide = false, problem, problemTitle, onClose } = props;
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) foot.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  return (
    <Dialog title={title} wide={wide} holdsTyping={!props.done} onClose={onClose}>
      <form ref={focusFirstField} onSubmit={props.onSubmit} noValidate autoComplete="off">
        <Stack gap="md">
          {props.children}
          <ProblemNote problem={problem} {...(problemTitle ? { title: problemTitle } : {})} />
          <Group ref={foot} justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={props.pending} disabled={props.disabled ?? false}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const textFields = 'input:not([readonly], [type="hidden"], [type="checkbox"], [type="radio"]), textarea';

/** The dialog opens with the first text field focused, unless something in it asks for the focus. */
function focusFirstField(form: HTMLFormElement | null): void {
  if (form?.querySelector('[data-autofocus]')) return;
  form?.querySelector(textFields)?.setAttribute('data-autofocus', 'true');
}
