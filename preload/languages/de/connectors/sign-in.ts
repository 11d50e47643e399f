import type { MessageCatalogue, MessageParameters } from '../../index.ts';
import { createFormats } from '../../index.ts';

const { plural } = createFormats('de');

/** The content of a response that should have contained a token. */
const answers: Readonly<Record<string, string | ((p: MessageParameters) => string)>> = {
  page: (p) => `antwortete mit einer Webseite${p.title === '' ? '' : ` mit dem Titel „${p.title}“`} statt eines Tokens`,
  empty: 'antwortete mit nichts statt eines Tokens',
  text: 'antwortete mit Text statt eines Tokens',
  json: 'antwortete ohne Token',
};

const noToken = (p: MessageParameters): string => {
  const answer = answers[String(p.content)];
  return `${p.host} ${typeof answer === 'function' ? answer(p) : answer}, daher konnte sich Ringback nicht anmelden. Prüfen Sie die Basis-URL der Verbindung, und ob das Netzwerk selbst eine Anmeldung verlangt.`;
};

/** The status of Autodesk's or Autoflex10's response, and its message where it has one. */
const said = (p: MessageParameters): string => `(${p.status})${p.detail ? `: ${p.detail}` : ''}`;
const seconds = (count: unknown): string => plural(count, { one: 'Sekunde', other: 'Sekunden' });

function again(count: number): string {
  if (count === 0) return 'in einer Minute';
  return count < 120
    ? `in ${seconds(count)}`
    : `in ${plural(Math.ceil(count / 60), { one: 'Minute', other: 'Minuten' })}`;
}

/** Autodesk's sign-in and API, and Autoflex10, in German. */
export const signInMessages: MessageCatalogue = {
  apsSignature: {
    prefixed: '{{algorithm}} mit dem Präfix {{prefix}}',
    withoutPrefix: '{{algorithm}} ohne Präfix',
    repeated: 'Der Header mit der Signatur wurde {{count}}-mal mit verschiedenen Werten gesendet.',
    noSecret: 'Die Signatur kann nicht geprüft werden: Für diese Adresse ist kein Geheimnis bekannt.',
    missing: 'Die Signatur fehlt (kein Header x-adsk-signature).',
    missingBesideOther:
      'Die Signatur fehlt (kein Header x-adsk-signature). Stattdessen ist {{header}} vorhanden, den ein anderer Absender oder ein Proxy setzt.',
    unknownPrefix: 'Die Signatur hat ein unbekanntes Präfix; bekannt ist nur „sha1hash=“.',
    rewrittenPrefix:
      'Die Signatur hat ein unbekanntes Präfix; bekannt ist nur „sha1hash=“, in Kleinbuchstaben und ohne Leerzeichen davor. Etwas auf dem Weg hat es umgeschrieben.',
    removedPrefix:
      'Die Signatur hat ein unbekanntes Präfix; bekannt ist nur „sha1hash=“. Es fehlt: Etwas auf dem Weg hat es entfernt.',
    otherPrefix:
      'Die Signatur hat ein unbekanntes Präfix; bekannt ist nur „sha1hash=“. Sie beginnt mit „{{prefix}}=“, wie es ein anderer Absender oder Algorithmus schreibt.',
    notFortyDigits: 'Die Signatur ist fehlerhaft: Sie besteht nicht aus 40 hexadezimalen Ziffern.',
    otherAlgorithm:
      'Die Signatur ist fehlerhaft: Sie besteht nicht aus 40 hexadezimalen Ziffern; 64 Ziffern gehören zu HMAC-SHA-256, einem anderen Algorithmus.',
    neitherLength: 'Die Signatur ist fehlerhaft: Sie besteht weder aus 40 noch aus 64 hexadezimalen Ziffern.',
    contradiction: 'Die Signatur widerspricht sich: Ihr Präfix ist „{{prefix}}“, ihre Länge {{digits}} Ziffern.',
    noMatch: 'Die Signatur passt nicht zum Inhalt und den bekannten Geheimnissen.',
    reserialised:
      'Die Signatur stimmt nicht: Der Inhalt wurde unterwegs neu serialisiert. Ein Proxy oder Tunnel verändert ihn; die Bytes müssen unverändert ankommen.',
  },
  aps: {
    sentBy: 'Gesendet von {{source}}.',
    noToken,
    signInNotAccepted: 'Autodesk akzeptiert die Anmeldung nicht ({{status}}). Prüfen Sie Client-ID und Client-Secret.',
    apiNotAllowed:
      'Autodesk lässt diese App die API nicht verwenden ({{status}}). Fügen Sie die API (für Hooks die Webhooks API) im Entwicklerportal zur App hinzu, aps.autodesk.com/myapps.',
    otherPerson: 'Laut Autodesk gehört die Anmeldung jemand anderem ({{status}}). Melden Sie sich erneut an.',
    missingRight:
      'Der Anmeldung fehlt eine Berechtigung, die hierfür nötig ist ({{status}}). Melden Sie sich erneut an; prüfen Sie bei einer App, was ihre Seite im Portal erlaubt.',
    otherKind:
      'Hierfür ist die andere Art von Konto nötig ({{status}}): Fügen Sie eine Verbindung hinzu, in der Sie selbst handeln, oder eine, in der die App handelt.',
    notAllowed: (p) =>
      `Autodesk erlaubt das nicht ${said(p)}. Bei ACC und BIM 360 muss ein Kontoadministrator die Client-ID als Custom Integration hinzufügen; prüfen Sie sonst die Rechte an dem, was der Hook überwacht.`,
    notKnown: (p) => `Autodesk kennt das nicht ${said(p)}. Prüfen Sie die Namen, den Bereich und die Region.`,
    alreadyExists: (p) => `Laut Autodesk gibt es das bereits ${said(p)}.`,
    rejected: (p) => `Autodesk hat die Anfrage abgelehnt ${said(p)}.`,
    signInStale:
      'Autodesk akzeptiert die Anmeldung nicht mehr. Melden Sie sich auf der Seite „Verbindungen“ erneut an.',
    wrongAppType:
      'Diese Art von App kann sich nicht mit einem Client-Secret anmelden ({{status}}). Verwenden Sie eine App vom Typ Traditional Web App oder Server-to-Server.',
    credentialsRejected: 'Autodesk hat die Client-ID oder das Client-Secret abgelehnt ({{status}}).',
    noSignInThere: 'Unter dieser Adresse gibt es keine Anmeldung von Autodesk (HTTP 404). Prüfen Sie die Basis-URL.',
    rateLimited: (p) => `Autodesk begrenzt die Zahl der Anfragen. Versuchen Sie es in ${seconds(p.seconds)} erneut.`,
    outage: 'Autodesk hat derzeit eine Störung (HTTP {{status}}). Versuchen Sie es in einigen Minuten erneut.',
    redirected:
      'Die Adresse leitet weiter (HTTP {{status}}), ist also nicht die von Autodesk. Prüfen Sie die Basis-URL.',
    browserDenied: 'Die Anmeldung wurde im Browser abgelehnt. Melden Sie sich erneut an und erlauben Sie den Zugriff.',
    browserFailed: (p) =>
      `Autodesk hat Sie nicht angemeldet (${p.error || 'ohne Grund'})${p.detail ? `: ${p.detail}` : ''}. Versuchen Sie es erneut.`,
    noDerivative:
      'Autodesk lässt eine App ohne Client-Secret Model Derivative nicht verwenden. Fügen Sie eine Verbindung mit einer App hinzu, die eines hat.',
    noRefreshToken: 'Autodesk hat kein Refresh-Token ausgestellt. Prüfen Sie den Typ der App im Portal.',
    nobodySignedIn: 'Für diese Verbindung ist niemand angemeldet. Melden Sie sich auf der Seite „Verbindungen“ an.',
    signInEnded:
      'Autodesk akzeptiert die Anmeldung nicht mehr: Sie wurde anderswo verwendet, widerrufen oder ist älter als 15 Tage.',
    signInEndedAgain:
      'Autodesk akzeptiert die Anmeldung nicht mehr: Sie wurde anderswo verwendet, widerrufen oder ist älter als 15 Tage. Melden Sie sich auf der Seite „Verbindungen“ erneut an.',
  },
  autoflexFields: {
    baseUrl: 'Basis-URL',
    'baseUrl.documentedBase': 'Entwicklung, wie dokumentiert',
    'baseUrl.second': 'Version 2',
    'baseUrl.help':
      'Wie Sie sie von Autoflex10 erhalten haben. Bekannt sind die dokumentierte Entwicklungsadresse und https://api.autoflex10.work/v2.',
    username: 'Benutzername',
    'username.help': 'Mit dem Sie sich bei Autoflex10 anmelden.',
    apiKey: 'API-Schlüssel',
    'apiKey.help': 'Sie erhalten ihn von Autoflex10. Er wird verschlüsselt gespeichert und nie wieder angezeigt.',
    password: 'Passwort',
    'password.help': 'Von diesem Benutzer. Es wird verschlüsselt gespeichert und nie wieder angezeigt.',
    organization: 'Organisation',
    'organization.help': 'Nur wenn Ihr Benutzer zu mehreren Organisationen gehört.',
    apiHost: 'Auch diesem API-Host vertrauen',
    'apiHost.help':
      'Nur wenn Ringback meldet, dass Autoflex10 weitere Anfragen an einen anderen Host sendet, und Sie diesem vertrauen.',
  },
  autoflex: {
    ready: (p) => `Autoflex10: ${p.request === 'backup-owner' ? 'das Backup' : 'das Ergebnis'} kann abgeholt werden`,
    triedWithoutId: 'Autoflex10: die Callback-Adresse wurde ohne ID aufgerufen',
    noToken,
    backup: 'Backup',
    webPage: 'Autoflex10 antwortete mit einer Webseite statt mit Daten. Prüfen Sie die Basis-URL der Verbindung.',
    rateLimited: (p) =>
      `Autoflex10 begrenzt die Zahl der Anfragen. Versuchen Sie es ${again(Number(p.seconds))} erneut.`,
    redirected: 'Die Adresse leitet weiter ({{status}}), ist also nicht die von Autoflex10. Prüfen Sie die Basis-URL.',
    notAllowed: (p) => `Autoflex10 erlaubt das nicht ${said(p)}. Prüfen Sie die Rechte des Benutzers.`,
    notKnown: (p) => `Autoflex10 kennt das nicht ${said(p)}. Prüfen Sie die Basis-URL.`,
    outage: (p) => `Autoflex10 hat derzeit eine Störung ${said(p)}. Versuchen Sie es in einigen Minuten erneut.`,
    notReady: 'Autoflex10 ist noch nicht fertig (Antwort 202). Versuchen Sie es in einigen Minuten erneut.',
    rejected: (p) => `Autoflex10 hat die Anfrage abgelehnt ${said(p)}.`,
    signInRejected:
      'Autoflex10 hat die Anmeldung abgelehnt ({{status}}). Prüfen Sie API-Schlüssel, Benutzername, Passwort und Organisation.',
    noSignInThere: 'Unter dieser Adresse gibt es keine Anmeldung von Autoflex10 (HTTP 404). Prüfen Sie die Basis-URL.',
    noResult: (p) => `Autoflex10 hat zurückgerufen, hat aber kein Ergebnis dafür ${said(p)}. Fordern Sie es erneut an.`,
    stillAtWork:
      'Autoflex10 hat zurückgerufen, arbeitet aber nach zehn Minuten noch daran. Fordern Sie das Ergebnis erneut an.',
    otherHost:
      'Autoflex10 möchte, dass weitere Anfragen an {{host}} gehen, einen Host, der dem Namen nach nicht dazugehört. Wenn Sie ihm vertrauen, geben Sie {{host}} unter „Auch diesem API-Host vertrauen“ ein.',
    closing: 'Ringback wird beendet und hat nicht auf Autoflex10 gewartet.',
    sentElsewhere:
      '{{host}} leitet an {{target}} weiter. Ringback folgt dem nicht mit Zugangsdaten. Wenn das Autoflex10 ist, geben Sie dessen Adresse als Basis-URL ein.',
    noRequest: 'Autoflex10 kennt keine Anforderung „{{request}}“.',
    callbackAddress:
      'Autoflex10 ruft nur unter einer https-Adresse ohne Query und Fragment zurück. Prüfen Sie den Tunnel in den Einstellungen.',
  },
};
