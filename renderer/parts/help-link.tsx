import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askValue } from '../problem.ts';
import { useWindow } from '../window-context.ts';
import { ProblemNote } from './problem-note.tsx';

interface HelpLinkProps {
  readonly id: string;
  readonly label: string;
}

/** Opens a help page by its id; in a new tab where the host has no browser. */
export function HelpLink({ id, label }: HelpLinkProps) {
  const { t } = useTranslation();
  const { transport } = useWindow();
  const [problem, setProblem] = useState<Error>();
  const open = async () => {
    try {
      const { opened, url } = await askValue(transport, 'links.open', { link: id });
      setProblem(undefined);
      if (!opened) window.open(url, '_blank', 'noopener,noreferrer');
    } catch (failure) {
      setProblem(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  return (
    <>
      <Anchor component="button" type="button" size="sm" className="help-link" onClick={open}>
        {label}
        <IconExternalLink size={14} aria-hidden />
      </Anchor>
      <ProblemNote problem={problem} title={t('helpLinks.failed')} />
    </>
  );
}
