import type { MessageCatalogue, MessageParameters } from '../index.ts';

const kinds: Readonly<Record<string, string>> = {
  text: 'een tekst',
  number: 'een getal',
  wholeNumber: 'een geheel getal',
  truth: 'true of false',
  list: 'een lijst',
  object: 'een object',
};

const must =
  (text: string) =>
  ({ place }: MessageParameters): string =>
    `${place === '' ? 'De invoer' : `“${place}”`} ${text}.`;

/** What is wrong with a request, in Dutch. */
export const apiMessages: MessageCatalogue = {
  access: {
    token: 'Het token ontbreekt of is onjuist. Het staat in het adres dat bij het starten is getoond.',
    windowOnly: 'Alleen het venster zelf mag dit vragen.',
    otherAddress: 'Ringback antwoordt alleen op zijn eigen adres op deze computer.',
    otherSite: 'Een andere website mag Ringback niets vragen.',
    wrongMethod: '{{path}} moet met {{method}} worden aangeroepen.',
    noSuchPath: '{{path}} bestaat niet.',
    tooLarge: 'Het verzoek is groter dan 1 MB.',
    notJson: 'De body is geen JSON in UTF-8.',
    notHttp: 'Dit is geen verzoek dat kan worden gelezen.',
    cursor: '“before” moet de waarde “next” van een eerder antwoord zijn.',
  },
  input: {
    missing: must('ontbreekt'),
    kind: ({ kind, ...place }) => must(`moet ${kinds[String(kind)]} zijn`)(place),
    empty: must('mag niet leeg zijn'),
    shortest: ({ count, ...place }) => must(`moet minstens ${count} tekens hebben`)(place),
    longest: ({ count, ...place }) => must(`mag hoogstens ${count} tekens hebben`)(place),
    lowest: ({ limit, ...place }) => must(`moet minstens ${limit} zijn`)(place),
    highest: ({ limit, ...place }) => must(`mag hoogstens ${limit} zijn`)(place),
    fewest: ({ count, ...place }) => must(`moet minstens ${count} waarden hebben`)(place),
    most: ({ count, ...place }) => must(`mag hoogstens ${count} waarden hebben`)(place),
    choice: ({ choices, ...place }) => must(`moet een van deze zijn: ${choices}`)(place),
    unknown: ({ names, ...place }) => must(`kent ${names} niet`)(place),
    email: must('moet een e-mailadres zijn'),
    time: must('moet een tijdstip zijn, zoals 2030-01-31T08:00:00Z'),
    invalid: must('is niet geldig'),
    more: ({ count }) => (Number(count) === 1 ? 'Nog één fout.' : `Nog ${count} fouten.`),
    address: must(
      'moet een https-adres zijn (http wordt alleen voor deze computer geaccepteerd), zonder query of fragment',
    ),
    forwardUrl: must('moet een http- of https-adres zijn, zoals http://localhost:3000/callback'),
    proxyUrl: must('moet http:// of https:// met host en poort zijn, zoals http://proxy.example:8080'),
    natsServer: must('moet eruitzien als tls://nats.example:4222'),
    subdomain: must('moet uit 4 tot 63 kleine letters, cijfers of streepjes bestaan'),
    sshServer: must('moet gebruiker@host zijn, of een host uit je SSH-configuratie'),
    namedTunnel: must('moet de naam of id van een tunnel zijn'),
    tunnelAddress: must('moet samen met de naam van de tunnel worden opgegeven, of helemaal niet'),
    timeOfDay: must('moet een tijd zijn, zoals 22:00'),
    scheduleWeekday: must('moet een weekdag noemen als het wekelijks is'),
    retention: must('moet minstens één back-up bewaren'),
    modestJson: must('mag niet dieper dan 20 niveaus genest zijn en op geen daarvan meer dan 10.000 waarden hebben'),
    prunePreview: must('moet worden weggelaten als het opgeslagen plan wordt toegepast'),
  },
};
