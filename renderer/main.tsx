import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './window.css';
import './forced-colors.css';
import { notifications } from '@mantine/notifications';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startFollowing } from './changes.ts';
import { startLanguage } from './language.ts';
import { createView } from './navigation.ts';
import { createQueries } from './queries.ts';
import { createAnnouncer, createOutcomeReporter, preloadPage } from './shell/index.ts';
import { createTranslation } from './translation.ts';
import { openTransport, tokenIn } from './transport/index.ts';

/** Opens the window in this page; returns a function that takes it away again. */
export function openWindow(): () => void {
  const transport = openTransport();
  const client = createQueries();
  const closing = new AbortController();
  const view = createView(window, closing.signal);
  const translation = createTranslation();
  const root = createRoot(document.getElementById('root') as HTMLElement);

  preloadPage(view.get().page);
  const stopFollowing = startFollowing({
    ...{ transport, client, view },
    announce: createAnnouncer(notifications, translation, view),
    report: createOutcomeReporter(notifications, translation),
  });
  void startLanguage(translation).then(() => {
    if (closing.signal.aborted) return;
    root.render(<App transport={transport} client={client} view={view} translation={translation} />);
  });
  return () => {
    closing.abort();
    stopFollowing();
    root.unmount();
    notifications.clean();
  };
}

// Pasting a new address over the present one changes only the part behind "#", without loading the page.
window.addEventListener('hashchange', () => {
  if (!window.ringback && tokenIn(window.location.hash)) window.location.reload();
});
export const closeFirstWindow = openWindow();
