import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkId } from '../../preload/contract.ts';
import { askValue } from '../problem.ts';
import { useWindow } from '../window-context.ts';
import { ProblemNote } from './problem-note.tsx';

/** Opens one of Ringback's own help pages; where the host has no browser, in a new tab of this one. */
export function HelpLink({ link }: { readonly link: LinkId }) {
  const { t } = useTranslation();
  const { transport } = useWindow();
  const [problem, setProblem] = useState<Error>();
  const open = async () => {
    try {
      const { opened, url } = await askValue(transport, 'links.open', { link });
      setProblem(undefined);
      if (!opened) window.open(url, '_blank', 'noopener,noreferrer');
    } catch (failure) {
      setProblem(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  return (
    <>
      <Anchor component="button" type="button" size="sm" className="help-link" onClick={open}>
        {t(`helpLinks.${link}`)}
        <IconExternalLink size={14} aria-hidden />
      </Anchor>
      <ProblemNote problem={problem} title={t('helpLinks.failed')} />
    </>
  );
}
