import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Status } from '../../preload/contract/index.ts';
import { DoctorButton } from '../doctor/index.ts';
import { messageText } from '../message-text.ts';
import { Fact, Facts, Note } from '../parts/index.ts';
import { Section } from './section.tsx';
import { SupportFile } from './support-file.tsx';
import { ThirdPartyLicenses } from './third-party-licenses.tsx';

const keys = [
  [['Ctrl+K'], 'settings.hotkeysCommands'],
  [['/'], 'settings.hotkeysSearch'],
  [['↑', '↓'], 'settings.hotkeysMove'],
  [['Enter'], 'settings.hotkeysOpen'],
  [['Esc'], 'settings.hotkeysClose'],
  [['?'], 'settings.hotkeysAll'],
] as const;

export function AboutSection({ status: { version, vault } }: { readonly status: Status }) {
  const { t } = useTranslation();
  const shortcuts = (
    <ul className="keys">
      {keys.map(([names, meaning]) => (
        <li key={meaning}>
          {names.map((name) => (
            <Kbd key={name}>{name}</Kbd>
          ))}{' '}
          {t(meaning)}
        </li>
      ))}
    </ul>
  );
  return (
    <Section title={t('settings.about')}>
      <Facts>
        <Fact label={t('settings.version')}>{version}</Fact>
        <Fact label={t('settings.keyStore')}>{messageText(vault.nameMessage, vault.name)}</Fact>
        <Fact label={t('settings.hotkeys')}>{shortcuts}</Fact>
      </Facts>
      <SupportFile before={<DoctorButton subject={{}} />} after={<ThirdPartyLicenses />} />
      {vault.caution && <Note kind="warn">{messageText(vault.cautionMessage, vault.caution)}</Note>}
    </Section>
  );
}
