import { createFormats, type MessageCatalogue } from '../../../../preload/languages/index.ts';

const { number } = createFormats('de');

/** Events, following and sending them, and samples, in German. */
export const eventMessages: MessageCatalogue = {
  cliEvents: {
    group: 'Callbacks, die empfangen und gespeichert wurden',
    ls: 'Ereignisse auflisten, die neuesten zuerst',
    limit: 'wie viele',
    get: 'Ein Ereignis mit seinen Headern und seinem Inhalt zeigen',
    getBody: 'nur die genauen Bytes des Inhalts ausgeben',
    export: 'Alle Ereignisse als JSON-Zeilen oder als CSV ausgeben',
    exportFormat: 'wie sie ausgegeben werden',
    exportBody: 'mit Headern und Inhalt (nur ndjson)',
    text: 'nur solche mit diesem Text',
    hook: 'nur die dieses Hooks',
    connection: 'nur die dieser Verbindung',
    pattern: 'nur diese, etwa dm.version.added oder dm.*',
    outcome: 'nur solche mit diesem Ergebnis',
    time: 'ein Datum, oder eine Dauer wie 15m, 2h oder 7d',
    badLimit: '--limit muss eine Zahl über 0 sein, nicht "{{text}}".',
    id: 'ID',
    received: 'EMPFANGEN',
    outcomeHeading: 'ERGEBNIS',
    event: 'EREIGNIS',
    title: 'TITEL',
    indexing: 'Ältere Ereignisse werden noch in die Suche aufgenommen; einige können hier fehlen.',
    none: 'Solche Ereignisse gibt es nicht.',
    listen: 'Ereignisse live verfolgen, und sie Byte für Byte an einen Handler weiterleiten',
    forwardTo: 'etwa http://localhost:3000/callback',
    signWith: 'sie mit dem Geheimnis in dieser Umgebungsvariablen neu signieren',
    since: 'zuerst frühere Ereignisse: ein Datum, oder eine Dauer wie 15m, 2h oder 7d',
    signWithNeeds: '--sign-with braucht {{option}}.',
    signWithUnset: '--sign-with muss eine Umgebungsvariable nennen, die gesetzt ist.',
    waiting: 'Es wird auf Ereignisse gewartet.',
    forwarding: 'Ereignisse werden an {{url}} weitergeleitet',
    noResponse: 'keine Antwort',
    resend: 'Gespeicherte Ereignisse erneut an einen Handler senden',
    resendTo: 'wohin; wenn es fehlt, an die Adresse, an die der Hook weiterleitet',
    notSent: 'Nicht gesendet: {{ids}}',
    notAccepted: ({ failures, count }) =>
      `${number(failures)} von ${number(count)} ${count === 1 ? 'Ereignis wurde' : 'Ereignissen wurden'} nicht angenommen.`,
    trigger:
      'Ein signiertes Beispiel eines Ereignisses an die öffentliche Adresse eines Hooks senden; in der Liste ist es als Beispiel gekennzeichnet',
    triggerEvent: 'etwa dm.version.added',
    triggerHook: 'nötig, wenn es für das Ereignis mehrere Hooks gibt',
    triggerSet: 'einen Bestandteil ersetzen, etwa payload.name=Tower.rvt; mehrmals möglich',
    delivered: 'Zugestellt als {{id}}',
    noHookFor: 'Für {{event}} gibt es keinen Hook. Legen Sie einen an mit: ringback hooks create',
    severalHooksFor: 'Für {{event}} gibt es {{count}} Hooks. Wählen Sie einen mit --hook.',
  },
};
