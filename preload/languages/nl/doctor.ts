import type { MessageCatalogue } from '../index.ts';
import { createFormats, proxyRules } from '../index.ts';
import { networkFailure } from './network-failure.ts';

const { number, time } = createFormats('nl');
const one = (count: unknown): boolean => Number(count) === 1;

/** Diagnoses, in Dutch. */
export const doctorMessages: MessageCatalogue = {
  doctor: {
    receiver: 'Ontvanger',
    publicAddress: 'Openbare URL',
    reverseProxy: 'Reverse proxy',
    notifications: 'Meldingen',
    nothingWrong: 'Er is niets mis: alles wat er gebeurt, wordt gemeld. Misschien is er niets gebeurd.',
    noHooks: 'Er is niets mis, en er is nog geen hook geregistreerd.',
    inconclusive: ({ count }) =>
      `Er is geen fout bekend, maar ${one(count) ? 'één controle heeft' : `${count} controles hebben`} geen zekere uitkomst.`,
    others: ({ count }) => (one(count) ? 'Er is nog iets mis.' : `Er zijn nog ${count} dingen mis.`),
    notOwnHook: 'Deze hook is niet van deze Ringback.',
    listening: 'Luistert op poort {{port}} van deze computer.',
    notificationsOn: 'Ze zijn ingeschakeld.',
    notificationsPaused: ({ until }) => `Ze zijn gepauzeerd tot ${time(until)}.`,
    notificationsOff: 'Ze zijn uitgeschakeld, dus er wordt niets gemeld.',
    switchThemOn: 'Inschakelen',
    tunnelUp: 'Een testverzoek kwam terug via {{url}}.',
    tunnelOff: 'Er is geen tunnel open, dus geen callback kan deze computer bereiken.',
    setUpTunnel: 'Stel er een in bij de instellingen.',
    tunnelDown: 'Callbacks bereiken deze computer niet.',
    tunnelOpening: 'Callbacks bereiken deze computer niet. De tunnel wordt geopend.',
    tryAgain: 'Opnieuw proberen',
    signedIn: 'Aangemeld.',
    signedInAs: 'Aangemeld als {{account}}.',
    signIn: 'Aanmelden',
    hooksListed: 'Alle hooks ervan konden worden opgevraagd.',
    backupOverdue: 'Er is langer geen gecontroleerde back-up dan het schema toestaat.',
    lastBackup: ({ at }) => `De laatste gecontroleerde back-up is van ${time(at)}.`,
    noBackup: 'Er is nog geen gecontroleerde back-up.',
    clockUnknown: 'De provider geeft zijn tijd niet door.',
    clockRight: 'De klok van deze computer komt overeen met die van de provider.',
    clockAhead: 'De klok van deze computer loopt {{minutes}} minuten voor.',
    clockBehind: 'De klok van deze computer loopt {{minutes}} minuten achter.',
    setClock: 'Laat het systeem de tijd via internet instellen: aanmeldingen hangen ervan af.',
    unreachable: (p) => `${p.host} is niet bereikbaar: ${networkFailure(p)}.`,
    hookActive: 'De provider heeft hem, met de status {{status}}.',
    hookInactive: 'Hij is uitgeschakeld: er wordt niets geleverd.',
    inactiveAdvice:
      'Gebeurtenissen uit die tijd worden niet later geleverd; wat kan worden opgevraagd, wordt hersteld.',
    switchItOn: 'Inschakelen',
    hookMissing: 'Hij bestaat niet meer bij de provider: verlopen, of door iemand verwijderd.',
    hookUnknown: 'De status is “{{status}}”.',
    repair: 'Repareren',
    addressCurrent: 'Hij gebruikt het huidige adres.',
    addressOld: 'Hij gebruikt nog {{host}}, en dat is niet het huidige adres.',
    deliveryArrived: 'Een ondertekende testlevering kwam in {{milliseconds}} ms terug via de openbare URL.',
    deliveryRejected: 'Een ondertekende testlevering is geweigerd: iets onderweg verandert de bytes.',
    changeRoute: 'Gebruik een andere tunnel, of een proxy die de inhoud ongewijzigd doorgeeft.',
    deliveryLost: (p) => `Een testlevering heeft deze computer niet bereikt (${p.reason}).`,
    filterUntested: 'Het filter kan niet worden getest: er is nog geen callback.',
    filterTested: 'Van de laatste {{total}} callbacks van deze soort laat het filter er {{passed}} door.',
    checkFilter: 'Controleer of het filter zo bedoeld is.',
    noRejections: 'In de afgelopen week is geen callback geweigerd.',
    rejections: (p) =>
      `In de afgelopen week ${one(p.count) ? 'is één callback' : `zijn ${p.count} callbacks`} geweigerd. De laatste: ${p.reason}`,
    lastEvent: ({ at }) => `De laatste gebeurtenis of wijziging was op ${time(at)}.`,
    noEvents: 'Nog geen gebeurtenis.',
    inactive: ({ at, perDay }) =>
      `Geen gebeurtenissen sinds ${time(at)}${perDay === undefined ? '' : `, terwijl er meestal ${number(perDay)} per dag zijn`}.`,
    unmatched: ({ count, since, method, path }) =>
      `${one(count) ? '1 verzoek' : `${count} verzoeken`} aan onbekende adressen sinds ${time(since)}; het laatste was ${method} ${path}. Ringback weigert ze; ze doen geen kwaad.`,
    prefixAdded: 'Callbacks komen aan onder {{added}}/in/… in plaats van /in/…, dus ze worden geweigerd.',
    suffixAdded: 'Callbacks komen aan met “{{added}}” achter hun pad, dus ze worden geweigerd.',
    doubleSlash: 'Callbacks komen aan met een dubbele schuine streep in hun pad, dus ze worden geweigerd.',
    pathRewritten: 'Callbacks komen aan op {{added}} in plaats van /in/…, dus ze worden geweigerd.',
    otherProtocol:
      'Een reverse proxy stuurt {{protocol}} naar de ontvanger, die gewoon HTTP/1.1 accepteert, dus callbacks worden geweigerd.',
    plainHttp: (p) =>
      [
        'Laat de reverse proxy gewoon HTTP/1.1 sturen, zonder TLS en zonder PROXY-protocol; bij HAProxy de server zonder “ssl”, “send-proxy” en “proto h2”.',
        ...proxyRules(p),
      ].join('\n'),
    removePrefix: (p) => [`Laat de reverse proxy “${p.added}” verwijderen.`, ...proxyRules(p)].join('\n'),
    passPath: (p) =>
      [
        'Laat de reverse proxy het pad ongewijzigd doorgeven: beide kanten van de regel eindigen op een schuine streep, of geen van beide.',
        ...proxyRules(p),
      ].join('\n'),
  },
};
