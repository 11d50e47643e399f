import { Code, Loader, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../logo.tsx';
import { useSignal } from '../signal.ts';
import { useWindow } from '../window-context.ts';

/** Shows the window once it is connected to its host; until then, what is missing. */
export function HostGate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const state = useSignal(useWindow().transport.state);
  if (state === 'unauthenticated')
    return <AccessDenied title={t('host.tokenMissingTitle')} text={t('host.tokenMissing')} />;
  if (state === 'rejected') return <AccessDenied title={t('host.tokenExpiredTitle')} text={t('host.tokenExpired')} />;
  if (state === 'connecting') return <Connecting />;
  return children;
}

function Connecting() {
  const { t } = useTranslation();
  return (
    <main className="gate">
      <Loader size="sm" />
      <h1 className="gate-connecting">{t('host.connecting')}</h1>
    </main>
  );
}

function AccessDenied({ title, text }: { readonly title: string; readonly text: string }) {
  const { t } = useTranslation();
  return (
    <main className="gate">
      <Stack gap="sm" maw={480}>
        <Logo size={48} />
        <Title order={1}>{title}</Title>
        <Text>{text}</Text>
        <Text size="sm" c="dimmed">
          {t('host.example')}
        </Text>
        <Code block>http://127.0.0.1:41377/#token=…</Code>
      </Stack>
    </main>
  );
}
