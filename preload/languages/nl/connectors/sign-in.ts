import type { MessageCatalogue, MessageParameters } from '../../index.ts';
import { createFormats } from '../../index.ts';

const { plural } = createFormats('nl');

/** The content of a response that should have contained a token. */
const answers: Readonly<Record<string, string | ((p: MessageParameters) => string)>> = {
  page: (p) =>
    `antwoordde met een webpagina${p.title === '' ? '' : ` met de titel “${p.title}”`} in plaats van een token`,
  empty: 'antwoordde met niets in plaats van een token',
  text: 'antwoordde met tekst in plaats van een token',
  json: 'antwoordde zonder token',
};

const noToken = (p: MessageParameters): string => {
  const answer = answers[String(p.content)];
  return `${p.host} ${typeof answer === 'function' ? answer(p) : answer}, zodat Ringback zich niet kon aanmelden. Controleer de basis-URL van de verbinding, en of het netwerk zelf om aanmelding vraagt.`;
};

/** The status of Autodesk's or Autoflex10's response, and its message where it has one. */
const said = (p: MessageParameters): string => `(${p.status})${p.detail ? `: ${p.detail}` : ''}`;
const seconds = (count: unknown): string => plural(count, { one: 'seconde', other: 'seconden' });

function again(count: number): string {
  if (count === 0) return 'over een minuut';
  return count < 120
    ? `over ${seconds(count)}`
    : `over ${plural(Math.ceil(count / 60), { one: 'minuut', other: 'minuten' })}`;
}

/** Autodesk's sign-in and API, and Autoflex10, in Dutch. */
export const signInMessages: MessageCatalogue = {
  apsSignature: {
    prefixed: '{{algorithm}} met het voorvoegsel {{prefix}}',
    withoutPrefix: '{{algorithm}} zonder voorvoegsel',
    repeated: 'De header met de handtekening is {{count}} keer met verschillende waarden gestuurd.',
    noSecret: 'De handtekening kan niet worden gecontroleerd: voor dit adres is geen geheim bekend.',
    missing: 'De handtekening ontbreekt (geen header x-adsk-signature).',
    missingBesideOther:
      'De handtekening ontbreekt (geen header x-adsk-signature). In plaats daarvan is er {{header}}, die een andere afzender of een proxy meestuurt.',
    unknownPrefix: 'De handtekening heeft een onbekend voorvoegsel; alleen “sha1hash=” is bekend.',
    rewrittenPrefix:
      'De handtekening heeft een onbekend voorvoegsel; alleen “sha1hash=” is bekend, in kleine letters en zonder spaties ervoor. Iets onderweg heeft het herschreven.',
    removedPrefix:
      'De handtekening heeft een onbekend voorvoegsel; alleen “sha1hash=” is bekend. Het ontbreekt: iets onderweg heeft het verwijderd.',
    otherPrefix:
      'De handtekening heeft een onbekend voorvoegsel; alleen “sha1hash=” is bekend. Ze begint met “{{prefix}}=”, zoals een andere afzender of een ander algoritme het schrijft.',
    notFortyDigits: 'De handtekening is onleesbaar: het zijn geen 40 hexadecimale cijfers.',
    otherAlgorithm:
      'De handtekening is onleesbaar: het zijn geen 40 hexadecimale cijfers; 64 cijfers zijn van HMAC-SHA-256, een ander algoritme.',
    neitherLength: 'De handtekening is onleesbaar: het zijn geen 40 of 64 hexadecimale cijfers.',
    contradiction:
      'De handtekening spreekt zichzelf tegen: het voorvoegsel is “{{prefix}}”, de lengte {{digits}} cijfers.',
    noMatch: 'De handtekening past niet bij de inhoud en de bekende geheimen.',
    reserialised:
      'De handtekening klopt niet: de inhoud is onderweg opnieuw geserialiseerd. Een proxy of tunnel verandert hem; de bytes moeten ongewijzigd aankomen.',
  },
  aps: {
    sentBy: 'Verstuurd door {{source}}.',
    noToken,
    signInNotAccepted: 'Autodesk accepteert de aanmelding niet ({{status}}). Controleer client-ID en client secret.',
    apiNotAllowed:
      'Autodesk laat deze app de API niet gebruiken ({{status}}). Voeg de API (voor hooks de Webhooks API) toe aan de app in het ontwikkelaarsportaal, aps.autodesk.com/myapps.',
    otherPerson: 'Volgens Autodesk hoort de aanmelding bij iemand anders ({{status}}). Meld je opnieuw aan.',
    missingRight:
      'De aanmelding mist een recht dat hiervoor nodig is ({{status}}). Meld je opnieuw aan; controleer bij een app wat zijn pagina in het portaal toestaat.',
    otherKind:
      'Hiervoor is het andere soort account nodig ({{status}}): voeg een verbinding toe waarin jijzelf handelt, of een waarin de app dat doet.',
    notAllowed: (p) =>
      `Autodesk staat dit niet toe ${said(p)}. Voor ACC en BIM 360 moet een accountbeheerder de client-ID als custom integration toevoegen; controleer anders de rechten op wat de hook volgt.`,
    notKnown: (p) => `Autodesk kent dit niet ${said(p)}. Controleer de namen, het bereik en de regio.`,
    alreadyExists: (p) => `Volgens Autodesk bestaat dit al ${said(p)}.`,
    rejected: (p) => `Autodesk heeft het verzoek geweigerd ${said(p)}.`,
    signInStale: 'Autodesk accepteert de aanmelding niet meer. Meld je opnieuw aan op de pagina Verbindingen.',
    wrongAppType:
      'Dit soort app kan zich niet met een client secret aanmelden ({{status}}). Gebruik een app van het type Traditional Web App of Server-to-Server.',
    credentialsRejected: 'Autodesk heeft de client-ID of het client secret geweigerd ({{status}}).',
    noSignInThere: 'Op dit adres is geen aanmelding van Autodesk (HTTP 404). Controleer de basis-URL.',
    rateLimited: (p) => `Autodesk beperkt het aantal verzoeken. Probeer het over ${seconds(p.seconds)} opnieuw.`,
    outage: 'Autodesk heeft op dit moment een storing (HTTP {{status}}). Probeer het over een paar minuten opnieuw.',
    redirected: 'Het adres verwijst door (HTTP {{status}}), dus het is niet van Autodesk. Controleer de basis-URL.',
    browserDenied: 'De aanmelding is in de browser geweigerd. Meld je opnieuw aan en sta de toegang toe.',
    browserFailed: (p) =>
      `Autodesk heeft je niet aangemeld (${p.error || 'zonder reden'})${p.detail ? `: ${p.detail}` : ''}. Probeer het opnieuw.`,
    noDerivative:
      'Autodesk laat een app zonder client secret Model Derivative niet gebruiken. Voeg een verbinding toe met een app die er een heeft.',
    noRefreshToken: 'Autodesk gaf geen refresh token. Controleer het type van de app in het portaal.',
    nobodySignedIn: 'Voor deze verbinding is niemand aangemeld. Meld je aan op de pagina Verbindingen.',
    signInEnded:
      'Autodesk accepteert de aanmelding niet meer: die is elders gebruikt, ingetrokken of ouder dan 15 dagen.',
    signInEndedAgain:
      'Autodesk accepteert de aanmelding niet meer: die is elders gebruikt, ingetrokken of ouder dan 15 dagen. Meld je opnieuw aan op de pagina Verbindingen.',
  },
  autoflexFields: {
    baseUrl: 'Basis-URL',
    'baseUrl.documentedBase': 'Ontwikkeling, zoals gedocumenteerd',
    'baseUrl.second': 'Versie 2',
    'baseUrl.help':
      'Zoals je hem van Autoflex10 hebt gekregen. Bekend zijn het gedocumenteerde ontwikkeladres en https://api.autoflex10.work/v2.',
    username: 'Gebruikersnaam',
    'username.help': 'Waarmee je je bij Autoflex10 aanmeldt.',
    apiKey: 'API-sleutel',
    'apiKey.help': 'Die krijg je van Autoflex10. Wordt versleuteld opgeslagen en nooit meer getoond.',
    password: 'Wachtwoord',
    'password.help': 'Van deze gebruiker. Wordt versleuteld opgeslagen en nooit meer getoond.',
    organization: 'Organisatie',
    'organization.help': 'Alleen als je gebruiker bij meerdere organisaties hoort.',
    apiHost: 'Ook deze API-host vertrouwen',
    'apiHost.help':
      'Alleen als Ringback meldt dat Autoflex10 verdere verzoeken naar een andere host stuurt, en je die vertrouwt.',
  },
  autoflex: {
    ready: (p) => `Autoflex10: ${p.request === 'backup-owner' ? 'de back-up' : 'het resultaat'} kan worden opgehaald`,
    triedWithoutId: 'Autoflex10: het callbackadres is zonder id geprobeerd',
    noToken,
    backup: 'Back-up',
    webPage:
      'Autoflex10 antwoordde met een webpagina in plaats van gegevens. Controleer de basis-URL van de verbinding.',
    rateLimited: (p) => `Autoflex10 beperkt het aantal verzoeken. Probeer het ${again(Number(p.seconds))} opnieuw.`,
    redirected: 'Het adres verwijst door ({{status}}), dus het is niet van Autoflex10. Controleer de basis-URL.',
    notAllowed: (p) => `Autoflex10 staat dit niet toe ${said(p)}. Controleer de rechten van de gebruiker.`,
    notKnown: (p) => `Autoflex10 kent dit niet ${said(p)}. Controleer de basis-URL.`,
    outage: (p) => `Autoflex10 heeft op dit moment een storing ${said(p)}. Probeer het over een paar minuten opnieuw.`,
    notReady: 'Autoflex10 is nog niet klaar (antwoord 202). Probeer het over een paar minuten opnieuw.',
    rejected: (p) => `Autoflex10 heeft het verzoek geweigerd ${said(p)}.`,
    signInRejected:
      'Autoflex10 heeft de aanmelding geweigerd ({{status}}). Controleer API-sleutel, gebruikersnaam, wachtwoord en organisatie.',
    noSignInThere: 'Op dit adres is geen aanmelding van Autoflex10 (HTTP 404). Controleer de basis-URL.',
    noResult: (p) => `Autoflex10 riep terug, maar heeft er geen resultaat voor ${said(p)}. Vraag het opnieuw aan.`,
    stillAtWork: 'Autoflex10 riep terug, maar is na tien minuten nog bezig. Vraag het opnieuw aan.',
    otherHost:
      'Autoflex10 wil dat verdere verzoeken naar {{host}} gaan, een host die niet aan de naam als de zijne te herkennen is. Als je hem vertrouwt, vul {{host}} dan in bij “Ook deze API-host vertrouwen”.',
    closing: 'Ringback sluit af en heeft niet op Autoflex10 gewacht.',
    sentElsewhere:
      '{{host}} verwijst door naar {{target}}. Ringback volgt dat niet met inloggegevens. Als dat Autoflex10 is, vul dan zijn adres in als basis-URL.',
    noRequest: 'Autoflex10 kent geen verzoek “{{request}}”.',
    callbackAddress:
      'Autoflex10 roept alleen terug naar een https-adres zonder query of fragment. Controleer de tunnel in de instellingen.',
  },
};
