import type { MessageCatalogue, MessageText } from '../index.ts';

/** What a server answered in place of a token. */
const answers: Record<string, MessageText> = {
  page: (p) => `antwortete mit einer Webseite${p.title === '' ? '' : ` mit dem Titel „${p.title}“`} statt eines Tokens`,
  empty: 'antwortete mit nichts statt eines Tokens',
  text: 'antwortete mit Text statt eines Tokens',
  json: 'antwortete ohne Token',
};

const noToken: MessageText = (p) => {
  const answer = answers[String(p.content)];
  return `${p.host} ${typeof answer === 'function' ? answer(p) : answer}, daher konnte sich Ringback nicht anmelden. Prüfen Sie die Basis-URL der Verbindung, und ob das Netzwerk selbst eine Anmeldung verlangt.`;
};

/** Signing in with a provider, in German. */
export const connectorMessages: MessageCatalogue = {
  aps: { noToken },
  autoflex: { noToken },
};
