import type { MessageCatalogue, MessageText } from '../index.ts';

/** What a server answered in place of a token. */
const answers: Record<string, MessageText> = {
  page: (p) =>
    `antwoordde met een webpagina${p.title === '' ? '' : ` met de titel “${p.title}”`} in plaats van een token`,
  empty: 'antwoordde met niets in plaats van een token',
  text: 'antwoordde met tekst in plaats van een token',
  json: 'antwoordde zonder token',
};

const noToken: MessageText = (p) => {
  const answer = answers[String(p.content)];
  return `${p.host} ${typeof answer === 'function' ? answer(p) : answer}, zodat Ringback zich niet kon aanmelden. Controleer de basis-URL van de verbinding, en of het netwerk zelf om aanmelding vraagt.`;
};

/** Signing in with a provider, in Dutch. */
export const connectorMessages: MessageCatalogue = {
  aps: { noToken },
  autoflex: { noToken },
};
