import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  /** The button's text in place of "Copy". */
  readonly caption?: string;
}

/** Copies the text and shows the result for two seconds. */
export function CopyButton({ text, label, caption }: CopyButtonProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'copy' | 'copied' | 'copyFailed'>('copy');
  useEffect(() => {
    if (state === 'copy') return;
    const timer = setTimeout(() => setState('copy'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('copyFailed'),
    );
  const StateIcon = { copy: IconCopy, copied: IconCheck, copyFailed: IconX }[state];
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<StateIcon size={14} aria-hidden />}
      aria-label={state === 'copy' ? label : t(`common.${state}`)}
      onClick={copy}
    >
      <span aria-live="polite">{state === 'copy' && caption ? caption : t(`common.${state}`)}</span>
    </Button>
  );
}
