import type { MessageCatalogue, MessageParameters } from '../index.ts';
import { createFormats, joinParts } from '../index.ts';

const { longDay, list, time } = createFormats('nl');
const hooks = (count: unknown): string => (Number(count) === 1 ? '1 hook' : `${count} hooks`);

const summaries: readonly (readonly [action: string, planned: string, done: string])[] = [
  ['move', 'te verplaatsen', 'naar het nieuwe adres verplaatst'],
  ['create', 'opnieuw aan te maken', 'opnieuw aangemaakt'],
  ['activate', 'in te schakelen', 'ingeschakeld'],
  ['renew', 'te verlengen', 'verlengd'],
  ['pause', 'te pauzeren', 'gepauzeerd'],
  ['remove', 'op te ruimen', 'opgeruimd'],
];

function summary(counts: MessageParameters, form: 1 | 2): string {
  const parts = summaries.flatMap((names) => {
    const count = Number(counts[names[0]] ?? 0);
    return count === 0 ? [] : [`${hooks(count)} ${names[form]}`];
  });
  const failed = Number(counts.failed ?? 0);
  const failures = form === 2 && failed > 0 ? [`${hooks(failed)} konden niet worden gerepareerd`] : [];
  return list([...parts, ...failures]) || 'Niets te doen';
}

function inactivity({ hook, hours, perDay }: MessageParameters): string {
  const count = Number(hours);
  const time = count < 48 ? `${count} uur` : `${Math.floor(count / 24)} dagen`;
  const rate =
    perDay === undefined
      ? ''
      : `; meestal ${Number(perDay) < 1 ? 'minder dan één' : Math.round(Number(perDay))} per dag`;
  return `Geen gebeurtenissen van ${hook} sinds ${time}${rate}. Voer de diagnose uit.`;
}

/** Hooks and connections, in Dutch. */
export const hookMessages: MessageCatalogue = {
  hooks: {
    label: ({ title, place }) => joinParts(title, place),
    moveStep: 'Naar het nieuwe adres verplaatsen: {{hook}}',
    createStep: 'Opnieuw aanmaken: {{hook}}',
    adoptStep: 'De onderbroken verhuizing hervatten: {{hook}}',
    activateStep: 'Weer inschakelen: {{hook}}',
    pauseStep: 'Pauzeren: {{hook}}',
    renewStep: 'Verlengen voordat hij verloopt: {{hook}}',
    removeStep: 'De vervangen registratie verwijderen: {{hook}}',
    undecided:
      'De server van het team heeft nog niet laten weten of deze of een andere computer ontvangt. Hooks worden daarna gecontroleerd, uiterlijk over een halve minuut.',
    removeUnusedStep: 'Een ongebruikte hook van deze Ringback verwijderen',
    planned: (counts) => summary(counts, 1),
    done: (counts) => summary(counts, 2),
    disabledTitle: ({ count }) =>
      count === 1 ? 'Een hook was uitgeschakeld of verwijderd' : `${count} hooks waren uitgeschakeld of verwijderd`,
    disabled:
      '{{hook}} was bij de provider uitgeschakeld of verwijderd en is gerepareerd. Gebeurtenissen in de tussentijd zijn niet geleverd.',
    severalDisabled:
      '{{count}} hooks waren bij de provider uitgeschakeld of verwijderd en zijn gerepareerd. Gebeurtenissen in de tussentijd zijn niet geleverd.',
    needsAttentionTitle: ({ count }) => (count === 1 ? 'Een hook vraagt aandacht' : `${count} hooks vragen aandacht`),
    failing: '{{hook}}:',
    inactiveTitle: 'Een hook is inactief',
    inactive: inactivity,
    alwaysSigned: 'Deze provider ondertekent alle callbacks. Een callback zonder handtekening wordt niet geaccepteerd.',
    external: 'Deze hook is niet door deze Ringback aangemaakt. Bevestig dat je hem wilt wijzigen.',
    externalCopy:
      'Deze hook is door deze Ringback aangemaakt, maar zijn adres en geheim zijn hier niet meer opgeslagen. Bevestig dat je hem wilt wijzigen.',
    beingCreated: 'Deze hook wordt nog aangemaakt. Probeer het zo dadelijk opnieuw.',
    unsupported: '{{connection}} ondersteunt geen hooks.',
    closing: 'Ringback sluit af.',
    notAllRemoved:
      'Niet alle hooks van de verbinding zijn bij de provider verwijderd. Je kunt ze daar laten staan (“keepHooks”).',
    secretsLost: ({ count }) =>
      `De geheimen van ${hooks(count)} kunnen niet meer worden ontsleuteld omdat de sleutelopslag is veranderd, dus hun callbacks kunnen niet worden gecontroleerd. Verwijder deze hooks en maak ze opnieuw aan.`,
  },
  team: {
    noBroker: 'Deze host kan geen deel van een team zijn.',
    alreadyIn: 'Deze computer zit al in het team “{{team}}”. Verlaat dat eerst.',
    notInTeam: 'Deze computer zit in geen team. Maak er een, of neem deel met een uitnodiging.',
    receiverOnly: 'Alleen de ontvanger van het team kan dit.',
    unencrypted:
      'Verbindingen met {{server}} zouden niet versleuteld zijn. Gebruik een adres dat met tls:// begint; nats:// wordt alleen voor deze computer geaccepteerd.',
    filterTooLarge:
      'Het filter heeft {{count}} combinaties van verbinding, hook en gebeurtenis; er zijn er {{most}} mogelijk. Laat een van de lijsten leeg.',
    memberExists: 'Het team heeft al een lid “{{name}}”. Kies een andere naam.',
    noMember: 'Dit lid bestaat niet meer.',
    newerInvitation:
      'De uitnodiging komt van een nieuwere versie van Ringback. Werk Ringback bij en neem opnieuw deel.',
    unreadableInvitation:
      'Dit is geen volledige uitnodiging. Kopieer de hele tekst, of vraag de ontvanger van het team om een nieuwe.',
    invitationInUse:
      '{{computer}} gebruikt dezelfde uitnodiging, dus deze computer ontvangt niets. Verlaat hier het team en word lid met een eigen uitnodiging. Gebruikt {{computer}} die niet meer, dan ontvangt deze computer binnen een minuut.',
    secretsLost:
      'De sleutels van het team kunnen niet worden ontsleuteld. Verlaat het team en neem opnieuw deel met een nieuwe uitnodiging.',
    unreachable:
      'De server van het team is niet bereikbaar ({{detail}}). Ringback probeert het vanzelf opnieuw; er gaat niets verloren.',
    keyRejected:
      'De server van het team accepteert de sleutel van deze computer niet. Hij heeft de nieuwste configuratie niet geladen, of deze computer is uit het team verwijderd.',
    serverUntrusted:
      'De server van het team toont een certificaat dat niet wordt vertrouwd ({{detail}}), dus deze computer maakt geen verbinding. Controleer het certificaat en de klok van deze computer. Met een eigen certificaatautoriteit maak je het team zo: ringback team create --authority.',
    serverUnencrypted:
      'De server van het team versleutelt verbindingen niet, dus deze computer maakt geen verbinding. Voeg certificaat en sleutel toe aan zijn configuratie: ringback team server-config --certificate … --key ….',
    credentialsExpired:
      'De aanmeldgegevens waarmee deze computer zich bij de server van het team aanmeldt, zijn verlopen. Vraag nieuwe aan wie de server beheert, en maak het team daarmee opnieuw.',
    signInTimeout:
      'De server van het team wachtte niet tot deze computer was aangemeld. Ringback probeert het vanzelf opnieuw. Blijft het zo, laat de server dan de nieuwste configuratie laden, die langer wacht: ringback team server-config.',
    tooManyConnections:
      'De server van het team heeft zoveel verbindingen als hij accepteert. Ringback probeert het vanzelf opnieuw. Verhoog max_connections in zijn configuratie, of sluit andere programma’s die hem gebruiken.',
    storageDisabled:
      'De server van het team slaat geen berichten op, want JetStream is daar niet ingeschakeld. Vervang zijn configuratie door de tekst van `ringback team server-config`, en start hem opnieuw. Is zijn schijf vol, maak dan eerst ruimte.',
    storageFull:
      'De server van het team heeft geen ruimte voor berichten ({{detail}}). Maak ruimte op zijn schijf, of verhoog de grenzen van JetStream in zijn configuratie. Wat wacht, wordt dan verstuurd.',
    forbidden:
      'De server van het team staat deze computer iets niet toe wat hij nodig heeft ({{detail}}). Laat de server de nieuwste configuratie laden: ringback team server-config.',
    notPrepared:
      'De server van het team heeft nog niets voor deze computer. De ontvanger maakt dat aan zodra hij verbonden is. Is hij dat, dan is deze computer uit het team verwijderd: word lid met een nieuwe uitnodiging.',
    messageTooLarge:
      'Een bericht is groter dan de server van het team accepteert. Verhoog max_payload in zijn configuratie, naar 4MB zoals in de tekst van `ringback team server-config`.',
    noResponse: 'De server van het team antwoordde niet op tijd. Ringback probeert het vanzelf opnieuw.',
    serverFailure:
      'De server van het team meldt een fout ({{detail}}). Ringback probeert het vanzelf opnieuw; blijft het zo, kijk dan in het logboek van de server.',
    keyMissing:
      'De ontvanger van het team moet aanstaan om de nieuwe sleutel te sturen. Tot die tijd wachten gebeurtenissen op de server, hoogstens zeven dagen.',
    keyUnknown:
      'De ontvanger van het team heeft de sleutel van sommige gebeurtenissen niet: zijn gegevens zijn ouder dan die gebeurtenissen. Ze blijven ongelezen, en de server verwijdert ze na zeven dagen.',
    otherReceiver: '{{computer}} ontvangt nu voor dit team. Deze computer publiceert zodra die een minuut is gestopt.',
    replaced:
      '{{computer}} ontvangt voor dit team in plaats van deze computer, die niets publiceert en geen hooks verandert. Om hier weer te ontvangen: ringback team take-over.',
    receiverAway:
      '{{computer}}, die voor het team ontvangt, draait niet of bereikt de server van het team niet. Gebeurtenissen komen weer binnen zodra die terug is.',
    receiverAsleep: ({ computer, since }) =>
      `${computer}, die voor het team ontvangt, slaapt sinds ${time(since)}. Gebeurtenissen komen weer binnen zodra die wakker wordt.`,
    replacedAway:
      '{{computer}}, die voor dit team ontvangt in plaats van deze computer, draait niet of bereikt de server van het team niet. Om hier weer te ontvangen: ringback team take-over.',
    alreadyReceives: 'Deze computer ontvangt al voor het team.',
    unconfirmed:
      'Een reservecomputer kan het hebben overgenomen, want de server van het team heeft de laatste minuut niet bevestigd dat deze computer ontvangt. Tot die tijd worden geen hooks veranderd.',
    notCopied:
      'De hook is niet gemaakt: hij kon niet eerst aan de reservecomputer worden gegeven, die hem anders zou verwijderen. Probeer het opnieuw zodra de server van het team verbonden is.',
    copyTooLarge:
      'De hooks zijn meer dan een bericht van de server van het team kan bevatten, dus de reservecomputer krijgt ze niet. Verhoog max_payload in zijn configuratie.',
    standbyReceives:
      'Deze computer ontvangt voor het team. Voor een reservecomputer: ringback team invite-standby, en met die uitnodiging op een andere computer lid worden.',
    standbyNotEmpty:
      'Een reservecomputer neemt alle verbindingen en hooks van de ontvanger over in plaats van zijn eigen. Verwijder eerst de verbindingen van deze computer, of gebruik een andere.',
    standbyWithoutCopy:
      'Deze computer kan nog niet voor het team ontvangen: de ontvanger heeft zijn hooks en leden nog niet doorgegeven. Zodra dat is gebeurd, ontvangt hij.',
    standbyForgotten:
      '{{computer}}, die voor dit team ontvangt, telt deze computer niet meer als reservecomputer: hij neemt niets vanzelf over. Om hem weer in te stellen: ringback team standby. Verlaat anders het team.',
    noStandby: 'Deze reservecomputer bestaat niet meer.',
    tookOverTitle: '{{computer}} heeft het overgenomen',
    tookOver:
      'Deze computer ontvangt vanaf nu voor het team “{{team}}”, want {{former}} draaide niet of bereikte de server van het team niet. De hooks worden naar deze computer verplaatst.',
    wasReplaced:
      'Die computer ontvangt voor het team “{{team}}” in plaats van deze computer, die niets publiceert en geen hooks verandert.',
    olderData: 'De gegevens van deze computer zijn ouder dan wat het team heeft.',
    unpublished: 'Gebeurtenissen zijn verwijderd voordat het team ze kreeg',
    unpublishedSummary:
      'De server van het team was zo lang onbereikbaar dat de ontvanger tot {{count}} gebeurtenissen verwijderde.',
    notConnected: 'De server van het team is niet verbonden.',
    leaseContended: 'Andere computers van het team begonnen hier op hetzelfde moment mee.',
    forgedTitle: 'Een bericht van het team is vervalst',
    forged:
      'De ontvanger van het team heeft het niet ondertekend, dus het is geweigerd. Iemand anders kan op de server publiceren: controleer wie zich daar mag aanmelden.',
    forgedReason: 'Het bericht van het team is niet door de ontvanger ondertekend.',
    newerVersion: 'Gebeurtenis in een nieuwere indeling',
    newerVersionSummary:
      'De ontvanger stuurde ze in indeling {{version}}, die deze versie van Ringback niet kan lezen. Ze is opgeslagen zoals ze kwam. Werk Ringback bij.',
    gap: 'Gebeurtenissen van het team zijn gemist',
    gapSummary:
      'Deze computer was langer weg dan het team gebeurtenissen bewaart. Van maximaal {{count}} berichten die intussen zijn verwijderd, ontbreken hier die voor deze computer; de ontvanger toont ze nog.',
  },
  forward: {
    unencrypted:
      'Gebeurtenissen worden zonder versleuteling doorgestuurd naar {{host}}: anderen kunnen ze onderweg lezen en met hun handtekening opnieuw versturen. Gebruik een https-adres.',
    gaveUpTitle: 'Gebeurtenis niet doorgestuurd: {{hook}}',
    gaveUp: (p) =>
      `${p.url} nam een gebeurtenis niet binnen een uur aan (${p.reason}). Stuur die opnieuw met “ringback resend” zodra het ontvangende programma werkt.`,
    noSample: 'Er zijn geen voorbeelden van de gebeurtenissen van {{connection}}.',
    sampleNeedsEvent:
      'De hook is geregistreerd voor het patroon {{event}}. Noem de gebeurtenis waarvan het voorbeeld moet zijn.',
    sampleForeignEvent: 'De hook is geregistreerd voor {{hookEvent}}, niet voor {{event}}.',
    samplePath: 'Het voorbeeld heeft geen plaats voor het lid “{{path}}”.',
    sampleRejected:
      'Het voorbeeld is met status {{status}} beantwoord in plaats van geaccepteerd. Voer een diagnose uit voor deze hook.',
    sampleUnreachable: (p) =>
      `Het voorbeeld is niet aangekomen op het openbare adres van de hook: ${p.reason}. Voer een diagnose uit voor deze hook.`,
    external: 'Alleen gebeurtenissen van hooks die deze Ringback heeft aangemaakt, kunnen worden doorgestuurd.',
    noAddress: 'De hook van deze gebeurtenis wordt niet doorgestuurd. Vul een adres in om naar door te sturen.',
    noBytes: 'Deze gebeurtenis is bij de provider opgevraagd. Er zijn geen oorspronkelijke bytes om door te sturen.',
    notVerified:
      'Deze gebeurtenis is niet gecontroleerd, dus Ringback ondertekent die niet. Verstuur die zonder geheim.',
    unsigned:
      '{{connection}} ondertekent zijn callbacks niet, dus ze kunnen niet opnieuw worden ondertekend. Laat het geheim weg.',
    secretLost:
      'Het geheim voor het doorsturen kan niet meer worden ontsleuteld. Voer het opnieuw in bij de instellingen van de hook.',
  },
  connections: {
    unknownConnector: 'Er is geen connector “{{connector}}”.',
    secretsUnreadable: 'De inloggegevens van “{{name}}” kunnen niet meer worden gelezen. Voer ze opnieuw in.',
    secretsMissing:
      'De inloggegevens van “{{name}}” zijn op deze computer nog niet ingevoerd. Voer ze in bij Verbindingen.',
    secretsLost:
      'De inloggegevens van “{{name}}” kunnen niet meer worden gelezen omdat de sleutelopslag is veranderd. Voer ze opnieuw in.',
    signInLost:
      'De aanmelding van “{{name}}” kan niet meer worden gelezen omdat de sleutelopslag is veranderd. Meld je opnieuw aan.',
    duplicate: 'Dit account is al verbonden als “{{name}}”.',
    kindChanged: 'Hooks horen bij het soort account dat ze heeft aangemaakt. Voeg een andere verbinding toe.',
    secretForNewAddress:
      'Het adres is gewijzigd, en het opgeslagen veld {{field}} hoort bij het vorige adres. Vul {{field}} opnieuw in.',
    notBrowsable: 'In {{connector}} kan niet worden gebladerd. Voer in plaats daarvan de ID in.',
    unknownSetting: 'Er is hier geen instelling “{{name}}”.',
    unknownSecret: 'Er is hier geen geheim “{{name}}”.',
    fieldMissing: '{{field}} ontbreekt.',
    fieldChoice: '{{field}} moet een van de gegeven keuzes zijn.',
    fieldPort: '{{field}} moet een getal van 1024 tot 65535 zijn.',
    fieldAddress: '{{field}} moet een https-adres zonder query of fragment zijn; http alleen voor deze computer.',
    signInNotNeeded: 'Deze verbinding meldt zich vanzelf aan.',
    signInCancelled: 'Het aanmelden is geannuleerd.',
    signInTimeout:
      'Het aanmelden is niet binnen {{minutes}} minuten in de browser voltooid. Toonde {{provider}} daar een fout, registreer dan precies {{redirectUri}} als callback-URL van de app en meld je opnieuw aan.',
    portInUse:
      'Een ander programma gebruikt poort {{port}}, die voor het aanmelden nodig is. Sluit dat programma, of kies een andere poort voor de verbinding en registreer de callback-URL ervan.',
    portsInUse:
      'Andere programma’s gebruiken de poorten {{ports}}, waarvan er een voor het aanmelden nodig is. Sluit er een, of kies een andere poort voor de verbinding en registreer de callback-URL ervan.',
    accountChanged:
      '“{{name}}” handelt nu als {{account}}. Hooks die {{previous}} daar heeft aangemaakt, zijn hier niet meer zichtbaar.',
    signInEndsSoon: 'De aanmelding van “{{name}}” eindigt binnenkort',
    signInNotRenewed: ({ until }) =>
      `De aanmelding kon niet worden verlengd en eindigt op ${longDay(until)}. Verbind deze computer met internet, of meld je opnieuw aan.`,
    signInAgain: 'Meld je opnieuw aan: {{name}}',
    signInEnded: 'De aanmelding is geëindigd.',
    hooksStay: 'De hooks blijven bestaan.',
  },
};
