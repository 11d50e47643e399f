import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LinkId } from '../../preload/contract.ts';
import { askValue } from '../problem.ts';
import { useWindow } from '../window-context.ts';

/** Opens one of Ringback's own help pages; where the host has no browser, in a new tab of this one. */
export function HelpLink({ link }: { readonly link: LinkId }) {
  const { t } = useTranslation();
  const { transport } = useWindow();
  const open = async () => {
    try {
      const { opened, url } = await askValue(transport, 'links.open', { link });
      if (!opened) window.open(url, '_blank', 'noopener,noreferrer');
    } catch (problem) {
      notifications.show({
        color: 'red',
        title: t('helpLinks.failed'),
        message: problem instanceof Error ? problem.message : '',
      });
    }
  };
  return (
    <Anchor component="button" type="button" size="sm" className="help-link" onClick={open}>
      {t(`helpLinks.${link}`)}
      <IconExternalLink size={14} aria-hidden />
    </Anchor>
  );
}
