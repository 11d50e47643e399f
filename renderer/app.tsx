import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { Frame, HostGate } from './shell/index.ts';
import { readableColours, theme } from './theme.ts';
import { Clock } from './time.tsx';
import { type WindowContext, WindowProvider } from './window-context.ts';

/** Dialogs start at a z-index of 200; popups must not cover their buttons. */
const belowDialogs = 150;

interface AppProps extends WindowContext {
  readonly client: QueryClient;
  readonly translation: i18n;
}

export function App({ client, translation, transport, view }: AppProps) {
  return (
    <I18nextProvider i18n={translation}>
      <QueryClientProvider client={client}>
        <WindowProvider value={{ transport, view }}>
          <MantineProvider theme={theme} cssVariablesResolver={readableColours} defaultColorScheme="auto">
            <Notifications limit={3} position="bottom-right" autoClose={6000} zIndex={belowDialogs} />
            <Clock>
              <HostGate>
                <Frame />
              </HostGate>
            </Clock>
          </MantineProvider>
        </WindowProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
