import { createFormats, type MessageCatalogue } from '../../../../preload/languages/index.ts';

const { number, plural } = createFormats('nl');

/** Events, following and sending them, and samples, in Dutch. */
export const eventMessages: MessageCatalogue = {
  cliEvents: {
    group: 'Callbacks die zijn ontvangen en opgeslagen',
    ls: 'Gebeurtenissen tonen, de nieuwste eerst',
    limit: 'hoeveel',
    get: 'Een gebeurtenis met haar headers en inhoud tonen',
    getBody: 'alleen de precieze bytes van de inhoud tonen',
    export: 'Alle gebeurtenissen als regels JSON of als CSV tonen',
    exportFormat: 'hoe ze worden getoond',
    exportBody: 'met headers en inhoud (alleen ndjson)',
    text: 'alleen die met deze tekst',
    hook: 'alleen die van deze hook',
    connection: 'alleen die van deze verbinding',
    pattern: 'alleen deze, zoals dm.version.added of dm.*',
    outcome: 'alleen die met deze uitkomst',
    time: 'een datum, of een duur zoals 15m, 2h of 7d',
    badLimit: '--limit moet een getal boven 0 zijn, niet "{{text}}".',
    id: 'ID',
    received: 'ONTVANGEN',
    outcomeHeading: 'UITKOMST',
    event: 'GEBEURTENIS',
    title: 'TITEL',
    indexing: 'Oudere gebeurtenissen worden nog aan de zoekfunctie toegevoegd; sommige kunnen hier ontbreken.',
    none: 'Zulke gebeurtenissen zijn er niet.',
    listen: 'Gebeurtenissen live volgen, en ze byte voor byte naar een handler doorsturen',
    forwardTo: 'zoals http://localhost:3000/callback',
    signWith: 'ze opnieuw ondertekenen met het geheim in deze omgevingsvariabele',
    since: 'eerst eerdere gebeurtenissen: een datum, of een duur zoals 15m, 2h of 7d',
    signWithNeeds: '--sign-with heeft {{option}} nodig.',
    signWithUnset: '--sign-with moet een omgevingsvariabele noemen die is ingesteld.',
    waiting: 'Wachten op gebeurtenissen.',
    forwarding: 'Gebeurtenissen worden doorgestuurd naar {{url}}',
    noResponse: 'geen antwoord',
    resend: 'Opgeslagen gebeurtenissen opnieuw naar een handler sturen',
    resendTo: 'waarheen; als het ontbreekt het adres waar de hook naar doorstuurt',
    notSent: 'Niet verstuurd: {{ids}}',
    notAccepted: ({ failures, count }) =>
      `${number(failures)} van ${plural(count, { one: 'gebeurtenis is', other: 'gebeurtenissen zijn' })} niet aangenomen.`,
    trigger:
      'Een ondertekend voorbeeld van een gebeurtenis naar het openbare adres van een hook sturen; in de lijst is het als voorbeeld gemarkeerd',
    triggerEvent: 'zoals dm.version.added',
    triggerHook: 'nodig als er meerdere hooks voor de gebeurtenis zijn',
    triggerSet: 'een onderdeel vervangen, zoals payload.name=Tower.rvt; mag vaker voorkomen',
    delivered: 'Afgeleverd als {{id}}',
    noHookFor: 'Er is geen hook voor {{event}}. Maak er een aan met: ringback hooks create',
    severalHooksFor: 'Er zijn {{count}} hooks voor {{event}}. Kies er een met --hook.',
  },
};
