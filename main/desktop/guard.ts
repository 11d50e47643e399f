import type { Session, WebContents } from 'electron';

/** Prevents a page from navigating, opening windows and embedding pages. */
export function guardContents(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }) => event.preventDefault();
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
}

/** The only permission: writing text to the clipboard at a click, for the copy buttons. */
const granted = 'clipboard-sanitized-write';

/** Denies all other permissions, requests to other origins than the page's, and downloads. */
export function guardSession(session: Session, allowed: readonly string[]): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === granted));
  session.setPermissionCheckHandler((_contents, permission) => permission === granted);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !allowed.some((start) => url.startsWith(start)) }),
  );
}
