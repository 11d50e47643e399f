import type { MessageCatalogue } from '../index.ts';
import { createFormats, proxyRules } from '../index.ts';
import { networkFailure } from './network-failure.ts';

const { number, time } = createFormats('de');
const one = (count: unknown): boolean => Number(count) === 1;

/** Diagnoses, in German. */
export const doctorMessages: MessageCatalogue = {
  doctor: {
    receiver: 'Empfänger',
    publicAddress: 'Öffentliche URL',
    reverseProxy: 'Reverse Proxy',
    notifications: 'Benachrichtigungen',
    nothingWrong: 'Alles ist in Ordnung: Was geschieht, wird gemeldet. Vielleicht ist nichts geschehen.',
    noHooks: 'Alles ist in Ordnung, aber es ist noch kein Hook registriert.',
    inconclusive: ({ count }) =>
      `Es ist kein Fehler bekannt, aber ${one(count) ? 'eine Prüfung hat' : `${count} Prüfungen haben`} kein sicheres Ergebnis.`,
    others: ({ count }) =>
      one(count) ? 'Es gibt noch ein weiteres Problem.' : `Es gibt noch ${count} weitere Probleme.`,
    notOwnHook: 'Dieser Hook gehört nicht zu diesem Ringback.',
    listening: 'Lauscht auf Port {{port}} dieses Computers.',
    notificationsOn: 'Sie sind eingeschaltet.',
    notificationsPaused: ({ until }) => `Sie sind bis ${time(until)} pausiert.`,
    notificationsOff: 'Sie sind ausgeschaltet, daher wird nichts gemeldet.',
    switchThemOn: 'Einschalten',
    tunnelUp: 'Eine Testanfrage kam über {{url}} zurück.',
    tunnelOff: 'Es ist kein Tunnel offen, daher kann kein Callback diesen Computer erreichen.',
    setUpTunnel: 'Richten Sie in den Einstellungen einen ein.',
    tunnelDown: 'Callbacks erreichen diesen Computer nicht.',
    tunnelOpening: 'Callbacks erreichen diesen Computer nicht. Der Tunnel wird geöffnet.',
    tryAgain: 'Erneut versuchen',
    signedIn: 'Angemeldet.',
    signedInAs: 'Angemeldet als {{account}}.',
    signIn: 'Anmelden',
    hooksListed: 'Alle zugehörigen Hooks konnten abgefragt werden.',
    backupOverdue: 'Seit längerer Zeit, als der Zeitplan erlaubt, gibt es kein geprüftes Backup.',
    lastBackup: ({ at }) => `Das letzte geprüfte Backup ist vom ${time(at)}.`,
    noBackup: 'Es gibt noch kein geprüftes Backup.',
    clockUnknown: 'Der Anbieter nennt seine Zeit nicht.',
    clockRight: 'Die Uhr dieses Computers stimmt mit der des Anbieters überein.',
    clockAhead: 'Die Uhr dieses Computers geht {{minutes}} Minuten vor.',
    clockBehind: 'Die Uhr dieses Computers geht {{minutes}} Minuten nach.',
    setClock: 'Lassen Sie das System die Zeit über das Internet stellen: Anmeldungen hängen davon ab.',
    unreachable: (p) => `${p.host} ist nicht erreichbar: ${networkFailure(p)}.`,
    hookActive: 'Der Anbieter führt ihn mit dem Status {{status}}.',
    hookInactive: 'Er ist deaktiviert: Es wird nichts zugestellt.',
    inactiveAdvice:
      'Ereignisse aus dieser Zeit werden nicht nachträglich zugestellt; was abgefragt werden kann, wird nachgeholt.',
    switchItOn: 'Aktivieren',
    hookMissing: 'Es gibt ihn beim Anbieter nicht mehr: Er ist abgelaufen, oder jemand hat ihn gelöscht.',
    hookUnknown: 'Der Status ist „{{status}}“.',
    repair: 'Reparieren',
    addressCurrent: 'Er verwendet die aktuelle Adresse.',
    addressOld: 'Er verwendet noch {{host}}, und das ist nicht die aktuelle Adresse.',
    deliveryArrived: 'Eine signierte Testzustellung kam in {{milliseconds}} ms über die öffentliche URL zurück.',
    deliveryRejected: 'Eine signierte Testzustellung wurde abgelehnt: Etwas auf dem Weg verändert die Bytes.',
    changeRoute: 'Verwenden Sie einen anderen Tunnel oder einen Proxy, der den Inhalt unverändert weitergibt.',
    deliveryLost: (p) => `Eine Testzustellung hat diesen Computer nicht erreicht (${p.reason}).`,
    filterUntested: 'Der Filter kann nicht geprüft werden: Es gibt noch keinen Callback.',
    filterTested: 'Von den letzten {{total}} Callbacks dieser Art lässt der Filter {{passed}} durch.',
    checkFilter: 'Prüfen Sie, ob der Filter so gemeint ist.',
    noRejections: 'In der letzten Woche wurde kein Callback abgelehnt.',
    rejections: (p) =>
      `In der letzten Woche ${one(p.count) ? 'wurde ein Callback' : `wurden ${p.count} Callbacks`} abgelehnt. Der letzte: ${p.reason}`,
    lastEvent: ({ at }) => `Das letzte Ereignis oder die letzte Änderung war am ${time(at)}.`,
    noEvents: 'Noch kein Ereignis.',
    inactive: ({ at, perDay }) =>
      `Keine Ereignisse seit ${time(at)}${perDay === undefined ? '' : `, während es sonst ${number(perDay)} am Tag sind`}.`,
    unmatched: ({ count, since, method, path }) =>
      `${one(count) ? '1 Anfrage' : `${count} Anfragen`} an unbekannte Adressen seit ${time(since)}; die letzte war ${method} ${path}. Ringback lehnt sie ab; sie schaden nicht.`,
    prefixAdded: 'Callbacks treffen unter {{added}}/in/… statt /in/… ein und werden deshalb abgelehnt.',
    suffixAdded: 'Callbacks treffen mit „{{added}}“ hinter ihrem Pfad ein und werden deshalb abgelehnt.',
    doubleSlash: 'Callbacks treffen mit einem doppelten Schrägstrich im Pfad ein und werden deshalb abgelehnt.',
    pathRewritten: 'Callbacks treffen unter {{added}} statt /in/… ein und werden deshalb abgelehnt.',
    otherProtocol:
      'Ein Reverse Proxy sendet {{protocol}} an den Empfänger, der einfaches HTTP/1.1 annimmt; Callbacks werden deshalb abgelehnt.',
    plainHttp: (p) =>
      [
        'Lassen Sie den Reverse Proxy einfaches HTTP/1.1 senden, ohne TLS und ohne PROXY-Protokoll; bei HAProxy den Server ohne „ssl“, „send-proxy“ und „proto h2“.',
        ...proxyRules(p),
      ].join('\n'),
    removePrefix: (p) => [`Lassen Sie den Reverse Proxy „${p.added}“ entfernen.`, ...proxyRules(p)].join('\n'),
    passPath: (p) =>
      [
        'Lassen Sie den Reverse Proxy den Pfad unverändert weitergeben: Beide Seiten der Regel enden mit einem Schrägstrich oder keine.',
        ...proxyRules(p),
      ].join('\n'),
  },
};
