import type { MessageCatalogue, MessageParameters } from '../index.ts';

const kinds: Readonly<Record<string, string>> = {
  text: 'ein Text',
  number: 'eine Zahl',
  wholeNumber: 'eine ganze Zahl',
  truth: 'true oder false',
  list: 'eine Liste',
  object: 'ein Objekt',
};

const must =
  (text: string) =>
  ({ place }: MessageParameters): string =>
    `${place === '' ? 'Die Eingabe' : `„${place}“`} ${text}.`;

/** What is wrong with a request, in German. */
export const apiMessages: MessageCatalogue = {
  access: {
    token: 'Das Token fehlt oder ist falsch. Es steht in der Adresse, die beim Start ausgegeben wurde.',
    windowOnly: 'Nur das Fenster selbst darf das anfragen.',
    otherAddress: 'Ringback antwortet nur unter der eigenen Adresse auf diesem Computer.',
    otherSite: 'Eine andere Website darf Ringback nichts fragen.',
    wrongMethod: '{{path}} muss mit {{method}} aufgerufen werden.',
    noSuchPath: '{{path}} gibt es nicht.',
    tooLarge: 'Die Anfrage ist größer als 1 MB.',
    notJson: 'Der Body ist kein JSON in UTF-8.',
    notHttp: 'Das ist keine Anfrage, die gelesen werden kann.',
    cursor: '„before“ muss der Wert „next“ einer früheren Antwort sein.',
  },
  input: {
    missing: must('fehlt'),
    kind: ({ kind, ...place }) => must(`muss ${kinds[String(kind)]} sein`)(place),
    empty: must('darf nicht leer sein'),
    shortest: ({ count, ...place }) => must(`muss mindestens ${count} Zeichen haben`)(place),
    longest: ({ count, ...place }) => must(`darf höchstens ${count} Zeichen haben`)(place),
    lowest: ({ limit, ...place }) => must(`muss mindestens ${limit} sein`)(place),
    highest: ({ limit, ...place }) => must(`darf höchstens ${limit} sein`)(place),
    fewest: ({ count, ...place }) => must(`muss mindestens ${count} Werte haben`)(place),
    most: ({ count, ...place }) => must(`darf höchstens ${count} Werte haben`)(place),
    choice: ({ choices, ...place }) => must(`muss einer dieser Werte sein: ${choices}`)(place),
    unknown: ({ names, ...place }) => must(`kennt ${names} nicht`)(place),
    email: must('muss eine E-Mail-Adresse sein'),
    time: must('muss ein Zeitpunkt sein, etwa 2030-01-31T08:00:00Z'),
    invalid: must('ist nicht gültig'),
    more: ({ count }) => (Number(count) === 1 ? 'Ein weiterer Fehler.' : `${count} weitere Fehler.`),
    address: must(
      'muss eine https-Adresse sein (http wird nur für diesen Computer angenommen), ohne Query oder Fragment',
    ),
    forwardUrl: must('muss eine http- oder https-Adresse sein, etwa http://localhost:3000/callback'),
    proxyUrl: must('muss http:// oder https:// mit Host und Port sein, etwa http://proxy.example:8080'),
    natsServer: must('muss wie tls://nats.example:4222 aussehen'),
    subdomain: must('muss aus 4 bis 63 Kleinbuchstaben, Ziffern oder Bindestrichen bestehen'),
    sshServer: must('muss benutzer@host sein, oder ein Host Ihrer SSH-Konfiguration'),
    namedTunnel: must('muss der Name oder die ID eines Tunnels sein'),
    tunnelAddress: must('muss zusammen mit dem Namen des Tunnels angegeben werden, oder gar nicht'),
    timeOfDay: must('muss eine Uhrzeit sein, etwa 22:00'),
    scheduleWeekday: must('muss einen Wochentag nennen, wenn der Plan wöchentlich ist'),
    retention: must('muss mindestens ein Backup behalten'),
    modestJson: must('darf nicht tiefer als 20 Ebenen geschachtelt sein und in keiner mehr als 10.000 Werte haben'),
    prunePreview: must('muss fehlen, wenn der gespeicherte Plan angewendet wird'),
  },
};
