import type { MessageCatalogue } from '../index.ts';
import { createFormats } from '../index.ts';
import { networkFailure } from './network-failure.ts';

const { size, day, time } = createFormats('nl');
const again = 'Vraag de back-up opnieuw aan.';
const entries = (count: unknown): string => (count === 1 ? '1 item' : `${count} items`);

const part = (received: unknown, total: unknown): string =>
  total === undefined ? size(received) : `${size(received)} van ${size(total)}`;

/** Downloads, stored data and updates, in Dutch. */
export const storageMessages: MessageCatalogue = {
  download: {
    addressMissing: `De server gaf geen bruikbaar downloadadres. ${again}`,
    addressWithPassword: `Het downloadadres bevat een wachtwoord en is daarom geweigerd. ${again}`,
    addressScheme: `Het downloadadres gebruikt {{scheme}} in plaats van https en is daarom geweigerd. ${again}`,
    addressUnencrypted:
      'De download van {{host}} zou niet versleuteld zijn (http) en is daarom geweigerd. Schakel “Downloads zonder versleuteling toestaan” in bij Instellingen → Back-ups om dit toe te staan.',
    redirectedToThisComputer: `{{host}} leidde de download om naar deze computer; dat is geweigerd. ${again}`,
    privateAddress: `Het downloadadres leidt naar {{host}}, in een privénetwerk, hoewel de provider daar niet is. Het is geweigerd. ${again}`,
    redirectedTooOften: `Het downloadadres is meer dan {{limit}} keer omgeleid. ${again}`,
    addressExpired: `Het downloadadres is verlopen ({{status}}). ${again}`,
    accessDenied:
      'De server weigerde toegang tot het bestand ({{status}}). Controleer de verbinding en vraag de back-up opnieuw aan.',
    unexpectedStatus: `De server antwoordde met {{status}} in plaats van een back-up. ${again}`,
    unusableRedirect: `De server antwoordde met {{status}} en een omleiding die niet kan worden gevolgd. ${again}`,
    retryLater: 'De server vraagt om het over {{minutes}} minuten opnieuw te proberen.',
    connectionLost: 'De verbinding is verbroken.',
    endedEarly: 'De verbinding eindigde te vroeg.',
    noResponse: (p) => `Geen antwoord van ${p.host} (${networkFailure(p)}).`,
    untrustedCertificate: (p) => `${p.host} toont een certificaat dat niet wordt vertrouwd (${networkFailure(p)}).`,
    stalled: 'Er zijn {{seconds}} s lang geen gegevens ontvangen.',
    preparing: 'De server bereidt het bestand nog voor.',
    rateLimited: 'De server beperkt het aantal verzoeken (429).',
    serverFailed: 'Fout op de server ({{status}}).',
    wrongRange: 'De server stuurde een ander deel van het bestand dan gevraagd.',
    partsUnasked:
      'De server stuurde delen van het bestand (multipart/byteranges), hoewel het hele bestand was gevraagd. Vraag de back-up opnieuw aan; gebeurt dit weer, vraag de provider dan om het hele bestand te sturen.',
    codingUnknown:
      'De server stuurde het bestand in de codering “{{coding}}”, die Ringback niet kan omkeren. Vraag de back-up opnieuw aan; gebeurt dit weer, vraag de provider dan om het ongecomprimeerd te sturen.',
    codingDamaged:
      'De server heeft het bestand voor de overdracht gecomprimeerd ({{coding}}), en de gecomprimeerde gegevens zijn beschadigd of eindigen te vroeg.',
    codingExpands: ({ received, factor }) =>
      `${size(received)} van de server worden meer dan ${factor} keer zo groot, dus de download is geweigerd. Vraag de provider wat er is gestuurd.`,
    tooLong: ({ announced }) => `De server stuurde meer dan de aangekondigde ${size(announced)}.`,
    notStarted: 'De download is na {{attempts}} pogingen niet begonnen. Controleer het netwerk en hervat hem.',
    stopped: ({ received, total, attempts }) =>
      `De download stopte na ${part(received, total)}; ${attempts} pogingen brachten niet meer. De ontvangen gegevens zijn opgeslagen, dus hij kan worden hervat.`,
    repeated: ({ received, total, attempts, excess }) =>
      `De download stopte na ${attempts} verbroken verbindingen: de server begint het bestand telkens opnieuw, en ${size(excess)} zijn dubbel ontvangen. Opgeslagen: ${part(received, total)}. Probeer het op een ander moment of op een ander netwerk; gebeurt dit weer, vraag de provider dan om een ETag en om bereiken.`,
    fragments: ({ received, total, attempts }) =>
      `De download stopte na ${attempts} verbroken verbindingen, die elk maar weinig brachten. Opgeslagen: ${part(received, total)}, dus hij kan worden hervat. Controleer eerst het netwerk en de proxy.`,
    tooSlow: ({ received, total, slowest, minutes }) =>
      `De download stopte: in ${minutes} minuten kwam minder dan ${size(slowest)} aan. Opgeslagen: ${part(received, total)}, dus hij kan worden hervat.`,
    diskTooSmall: ({ needed, free, kept, folder }) =>
      `De back-up heeft ${size(needed)} nodig, maar in ${folder} is maar ${size(free)} vrij, waarvan ${size(kept)} vrij blijft zodat Ringback callbacks kan opslaan. Maak ruimte vrij en start hem opnieuw.`,
    diskTooSmallForRest: ({ needed, free, kept, folder }) =>
      `De back-up heeft nog ${size(needed)} nodig, maar in ${folder} is maar ${size(free)} vrij, waarvan ${size(kept)} vrij blijft zodat Ringback callbacks kan opslaan. Maak ruimte vrij en start hem opnieuw.`,
    diskReserve: ({ free, kept, folder }) =>
      `In ${folder} is maar ${size(free)} vrij, en ${size(kept)} moet vrij blijven zodat Ringback callbacks kan opslaan. Maak ruimte vrij of wijzig de reserve bij Instellingen → Back-ups, en start de back-up opnieuw. De tot nu toe ontvangen gegevens zijn opgeslagen.`,
    diskFull:
      'De schijf is vol. Maak ruimte vrij en start de back-up opnieuw. De tot nu toe ontvangen gegevens zijn opgeslagen.',
    diskQuota:
      'Het schijfquotum is bereikt. Maak ruimte vrij en start de back-up opnieuw. De tot nu toe ontvangen gegevens zijn opgeslagen.',
    fileTooLarge: 'De schijf kan een zo groot bestand niet opslaan. Kies een map op een andere schijf.',
    folderMissing: 'De back-upmap bestaat niet meer. Kies een andere, of zet die map terug.',
    folderIsFile: 'De back-upmap is geen map. Kies een andere.',
    folderNotWritable: 'In de back-upmap kan niet worden geschreven. Kies een andere, of wijzig de rechten van de map.',
    diskReadOnly: 'De schijf van de back-upmap is alleen-lezen. Kies een andere map.',
    diskFailed: 'De schijf kon niet worden gelezen of beschreven ({{code}}).',
    emptyFile: 'De server stuurde een leeg bestand in plaats van een back-up.',
    onlyZeros: ({ received }) => `De server stuurde ${size(received)} aan nullen in plaats van een back-up. ${again}`,
    webPage: 'De server stuurde een webpagina in plaats van een back-up.',
    errorResponse: ({ text }) =>
      `De server stuurde een fout in plaats van een back-up${text === undefined ? '' : `: ${text}`}.`,
    shortText: 'De server stuurde een korte tekst in plaats van een back-up: {{text}}.',
    tooShort: ({ received, announced }) => `Het bestand eindigde na ${size(received)} van ${size(announced)}. ${again}`,
    longerThanAnnounced: ({ received, announced }) =>
      `Het bestand heeft ${size(received)}, maar de server kondigde ${size(announced)} aan. ${again}`,
    readBackDiffers:
      'De schijf gaf andere bytes terug dan erop zijn geschreven. Controleer de schijf en vraag de back-up opnieuw aan.',
    extensionMismatch: `Het bestand heet {{file}}, maar is een {{container}}-archief. ${again}`,
    notAnArchive: `Het bestand heet {{file}}, maar is geen {{extension}}-archief. ${again}`,
    endUnknown: ({ received }) =>
      `De server stuurde ${size(received)} zonder de lengte aan te kondigen. Een verbroken verbinding ziet er hetzelfde uit, dus het bestand kan onvolledig zijn en telt niet als back-up. Probeer het opnieuw. Gebeurt dit weer, vraag de provider dan om een zip-archief of een server die Content-Length stuurt.`,
    zipEndMissing: `Het zip-archief is beschadigd of eindigt te vroeg: het eindrecord ontbreekt. ${again}`,
    zipDirectoryDamaged: `Het zip-archief is beschadigd of eindigt te vroeg: de inhoudsopgave is onvolledig. ${again}`,
    zipSplit: `Het bestand is één deel van een gesplitst zip-archief. ${again}`,
    zipEmpty: `Het zip-archief is leeg. ${again}`,
    zipOverlapping: `De items van het zip-archief zijn groter dan het archief. ${again}`,
    zipEntryMissing: `Het zip-archief is beschadigd of eindigt te vroeg: een item ontbreekt. ${again}`,
    zipEntryUnreadable: `Het zip-archief is beschadigd: een item kan niet worden uitgepakt ({{reason}}). ${again}`,
    zipEntryShort: ({ read, declared }) =>
      `Het zip-archief is beschadigd: een item eindigde na ${size(read)} van ${size(declared)}. ${again}`,
    zipEntryLong: ({ declared }) =>
      `Het zip-archief is beschadigd: een item is langer dan de opgegeven ${size(declared)}. ${again}`,
    zipChecksum: `Het zip-archief is beschadigd: de controlesom van een item klopt niet. ${again}`,
    streamEndsEarly: `Het {{container}}-archief eindigt te vroeg. ${again}`,
    streamDamaged: `Het {{container}}-archief is beschadigd ({{reason}}). ${again}`,
    gzipChecksum: `Het gzip-archief is beschadigd (de controlesom klopt niet). ${again}`,
    headersDamaged: `De headers van het {{container}}-archief zijn beschadigd. ${again}`,
    archiveEmpty: `Het {{container}}-archief is leeg. ${again}`,
    tarDamaged: `Het tar-archief is beschadigd: een header is ongeldig. ${again}`,
    tarEndsEarly: `Het tar-archief eindigt te vroeg. ${again}`,
    zipLeadingBytes: ({ bytes }) => `Voor het zip-archief staan ${size(bytes)}.`,
    zipTrailingBytes: ({ bytes }) => `Na het zip-archief volgen ${size(bytes)}.`,
    zipSeveralEnds: 'Het zip-archief bevat meerdere eindrecords.',
    zipEndExtended: 'Het eindrecord van het zip-archief heeft extra velden, die sommige programma’s niet kunnen lezen.',
    zipContradictoryEnds: 'De eindrecords van het zip-archief spreken elkaar tegen.',
    zipCountDiffers: 'Het zip-archief geeft {{declared}} items op en bevat er {{found}}.',
    zipDirectoryTrailing: ({ bytes }) =>
      `${size(bytes)} tussen de inhoudsopgave van het zip-archief en het einde zijn niet gecontroleerd.`,
    zipDirectorySizeDiffers: 'De inhoudsopgave van het zip-archief heeft een andere grootte dan opgegeven.',
    zipUncovered: ({ bytes }) => `${size(bytes)} van het zip-archief horen bij geen item.`,
    zipEncrypted: ({ count }) =>
      `Versleuteld in het zip-archief: ${entries(count)}. De inhoud is daarom niet gecontroleerd.`,
    zipMethodUnknown: ({ count }) =>
      `Met een compressie die niet kan worden gecontroleerd, in het zip-archief: ${entries(count)}.`,
    zipHeadersDiffer: ({ count }) =>
      `Met headers die van de inhoudsopgave afwijken, in het zip-archief: ${entries(count)}.`,
    zipExtraFields: ({ count }) => `Met ongeldige extra velden, in het zip-archief: ${entries(count)}.`,
    zipFolderSizes: ({ count }) => `Mappen met een grootte, in het zip-archief: ${entries(count)}.`,
    zipSizesDiffer: ({ count }) => `Met een andere grootte dan opgegeven, in het zip-archief: ${entries(count)}.`,
    zipEntryTrailing: ({ count }) => `Met ongebruikte bytes na de gegevens, in het zip-archief: ${entries(count)}.`,
    zipDescriptors: ({ count }) =>
      `Met een ontbrekende of afwijkende gegevensbeschrijving, in het zip-archief: ${entries(count)}.`,
    streamPadding: 'Het {{container}}-archief is aangevuld met {{bytes}} nullen.',
    streamTrailingBytes: ({ container, bytes }) => `Na het ${container}-archief volgen ${size(bytes)} andere gegevens.`,
    partUnreadable:
      'Er volgt nog een deel van het {{container}}-archief waarvan het begin beschadigd is: de inhoud ervan ontbreekt.',
    withoutChecksums:
      'Het {{container}}-archief is zonder controlesommen gemaakt, zodat gewijzigde inhoud niet kan worden opgemerkt.',
    archiveWithoutData: 'Het {{container}}-archief bevat geen gegevens.',
    archiveOfZeros: 'Het {{container}}-archief bevat alleen nullen.',
    archiveOfWebPage: 'Het {{container}}-archief bevat een webpagina.',
    archiveOfError:
      'De inhoud van het {{container}}-archief leest als een foutmelding. Controleer of het de back-up is.',
    tarEndMissing: 'Het tar-archief heeft geen eindmarkering.',
    tarHeadersUnread: 'Een uitgebreide header van het tar-archief is ongeldig.',
    tarTrailingBytes: 'Na het tar-archief volgen andere gegevens.',
    moreMayFollow:
      'De server gaf niet aan waar het bestand eindigt, en een {{container}}-archief kan meer delen hebben.',
    contentUnchecked: 'De inhoud van een {{container}}-archief kan Ringback niet controleren.',
    contentTooLong: ({ container, checked }) =>
      `De inhoud van het ${container}-archief is ongewoon groot voor zo'n klein bestand: de eerste ${size(checked)} zijn zonder fout uitgepakt, de rest is niet gecontroleerd.`,
    manifestMissing: '{{file}} heeft geen manifest om mee te vergelijken.',
    sizeChanged: 'Het bestand heeft {{bytes}} bytes in plaats van de {{verified}} bytes die zijn gecontroleerd.',
    contentChanged: ({ verifiedAt }) => `De inhoud is veranderd sinds de controle op ${day(verifiedAt)}.`,
    fileMissing: '{{file}} staat niet meer in zijn map.',
    fileUnreadable: 'De schijf kan het bestand niet meer lezen.',
  },
  storage: {
    newerData:
      'Een nieuwere versie van Ringback heeft de gegevens op deze computer gebruikt, en deze versie kan ze niet lezen. Er is niets gewijzigd. Installeer de nieuwere versie opnieuw.',
    pruningAnnounced: ({ count, at }) =>
      `${count} gebeurtenissen liggen voorbij de bewaargrenzen en worden na ${time(at)} verwijderd. Verhoog eerst de grenzen bij de instellingen om ze te behouden.`,
    unpublishedDeleted:
      'De server van het team is zo lang weg dat gebeurtenissen zijn verwijderd voordat leden ze kregen. Ze wachten tweemaal zo lang, en tweemaal zoveel, als bij de instellingen is bepaald. Controleer de server of beëindig het team.',
    eventsLost: ({ count, since, until }) =>
      `In de opslag van gebeurtenissen ontbreken ${count} bevestigde callbacks, ontvangen tussen ${since ? time(since) : 'het begin'} en ${time(until)}. De bestanden waren beschadigd of zijn door een oudere kopie vervangen.`,
    notWritable: ({ path, owner, command }) =>
      `Ringback kan niet schrijven in ${path}${owner ? `, dat van ${owner} is` : ''}. Voer dit uit in een terminal en start Ringback opnieuw: ${command}`,
    folderReadOnly:
      'Ringback kan niet schrijven in {{path}}: het staat op een alleen-lezen bestandssysteem. Koppel het beschrijfbaar aan, of stel RINGBACK_DATA_DIR in op een andere map.',
    folderFull:
      'Ringback kan niet schrijven in {{path}}: er is geen ruimte meer. Maak ruimte vrij en start Ringback opnieuw.',
    folderNotMade: ({ folder, above, owner }) =>
      `De gegevensmap ${folder} kan niet worden aangemaakt in ${above}${owner ? `, dat van ${owner} is` : ''}. Stel RINGBACK_DATA_DIR in op een map waarin je mag schrijven.`,
    folderIsFile:
      'De gegevensmap {{folder}} is een bestand. Hernoem het, of stel RINGBACK_DATA_DIR in op een andere map.',
    folderOpen:
      'Andere gebruikers van deze computer kunnen de gegevensmap {{folder}} openen. Voer dit uit in een terminal: {{command}}',
    folderInUse: ({ folder, process }) =>
      `Een andere Ringback (proces ${process || 'onbekend'}) gebruikt de gegevensmap ${folder}. Stop die eerst, of stel RINGBACK_DATA_DIR in op een andere map.`,
    keyringOff: 'De sleutelring is uitgeschakeld (RINGBACK_KEYRING).',
    keyringSilent: 'De sleutelring van het systeem antwoordde niet op tijd.',
    noKeyring: 'Dit systeem heeft geen werkende sleutelring.',
    keyBesideSecrets: 'De sleutel staat in een bestand naast de geheimen, en alleen de bestandsrechten beschermen hem.',
    secretOfKey: (p) =>
      `Een opgeslagen geheim is versleuteld met een sleutel in ${p.place} en kan nu niet worden geopend. Voer het opnieuw in.`,
    keyFileDamaged:
      'Het sleutelbestand was beschadigd. Het is bewaard als {{file}}, en er is een nieuw begonnen; geheimen moeten opnieuw worden ingevoerd.',
    inKeyring: 'de sleutelring van het systeem',
    inKeyFile: 'een sleutelbestand in de gegevensmap',
    inDesktopKeyring: 'de sleutelring van het bureaublad',
    inMacKeychain: 'de macOS-sleutelhanger',
    inWindowsCredentials: 'Windows Referentiebeheer',
    inWindowsData: 'Windows-gegevensbescherming',
    inGnomeKeyring: 'de GNOME-sleutelring',
    inKwallet: 'KWallet',
    inSecretService: 'de Secret Service van dit bureaublad',
    inSystemStore: 'de sleutelopslag van het systeem',
    inPlainFile: 'een bestand zonder sleutelopslag',
    inNothing: 'nergens',
    keyringLocked:
      'Ontgrendel de sleutelring: hij bevat de sleutel van de opgeslagen geheimen. Ringback probeert het tot dan opnieuw; callbacks worden intussen niet aangenomen, en hun afzenders proberen het opnieuw. Stel RINGBACK_KEYRING=off in om zonder de opgeslagen geheimen te starten.',
    settingsDamaged:
      'Het instellingenbestand was beschadigd. Het is bewaard als {{file}} en er is een nieuw begonnen. Hooks die bij de provider bestaan, staan als Extern in de lijst zodra hun verbinding weer is toegevoegd.',
    clockAhead:
      'De klok van deze computer loopt {{days}} dagen voor op de laatst bekende tijd. Oude gebeurtenissen worden tot die tijd alleen in kleine stappen verwijderd. Controleer de datum en pas die aan als hij niet klopt.',
    settingsRepaired:
      'Enkele tekens van het instellingenbestand waren beschadigd. Het is bewaard als {{file}} en gelezen met � op hun plaats. Controleer de namen en mappen in de instellingen.',
    settingsSalvaged:
      'Het instellingenbestand was beschadigd. Het is bewaard als {{file}}, en wat daarin nog volledig is, wordt gebruikt. Controleer verbindingen, hooks en instellingen: wat ontbreekt, moet opnieuw worden ingevoerd.',
    settingsRestored: ({ file, at }) =>
      `Het instellingenbestand was beschadigd. Het is bewaard als ${file}, en de kopie van ${time(at)} is teruggezet. Hooks die daarna zijn aangemaakt, staan als Extern in de lijst.`,
  },
  verbatim: { text: '{{text}}' },
  engine: {
    eventStoreUnusable: 'De opslag van gebeurtenissen {{file}} kan niet worden gebruikt: {{reason}}.',
    eventStoreDamaged:
      'De opslag van gebeurtenissen was beschadigd. Die is bewaard als {{file}}, en er is een nieuwe gemaakt.',
    eventStoreLocked:
      'Een ander programma heeft de opslag van gebeurtenissen {{file}} vergrendeld. Sluit het programma, of sluit het bestand uit van zijn back-up of scan.',
    eventStoreLockedBy:
      '{{program}} (proces {{process}}) heeft de opslag van gebeurtenissen {{file}} vergrendeld. Sluit het, of sluit het bestand uit van zijn back-up of scan.',
    diskRefuses: 'De schijf is vol of weigert te schrijven ({{reason}}).',
    eventStoreFailed: 'De opslag is mislukt ({{reason}}).',
    callbackNotSaved: 'Een callback kon niet worden opgeslagen',
    callbackUnsaved: 'Een callback kon niet worden opgeslagen.',
    callbackNotShown: 'Een callback kan nog niet worden getoond',
    callbackDelayed: 'Een callback is ontvangen en kan nog niet worden getoond.',
    kept: 'Hij is bewaard en verschijnt zodra hij kan worden opgeslagen.',
    keptDiskFull: 'Hij is bewaard en verschijnt zodra er ruimte is. Maak snel ruimte vrij.',
    senderRetries: 'De afzender probeert het opnieuw.',
    senderRetriesDiskFull: 'De afzender probeert het opnieuw. Maak snel ruimte vrij.',
    internal: 'In Ringback is iets misgegaan. Het logboek bevat de details.',
    unknownLink: 'Er is geen hulppagina “{{link}}”.',
    unknownMethod: 'Er is geen methode “{{method}}”.',
  },
  support: {
    notSaved: '{{file}} kon niet worden geschreven. Kies een andere map, of maak in deze ruimte vrij.',
  },
  updates: {
    feedUnreachable:
      'De lijst met versies is niet bereikbaar. Ringback probeert het morgen opnieuw, of controleer nu opnieuw.',
    feedDamaged:
      'De lijst met versies kon niet worden gelezen. Er is niets gedownload. Ringback probeert het morgen opnieuw, of controleer nu opnieuw.',
    tampered:
      'De download van Ringback {{version}} klopt niet met de controlesom en is verwijderd; hij is onderweg beschadigd of veranderd. Er is niets geïnstalleerd. Ringback probeert het morgen opnieuw, of controleer nu opnieuw.',
    interrupted:
      'De download van Ringback {{version}} is onderbroken. Er is niets geïnstalleerd. Ringback probeert het morgen opnieuw, of controleer nu opnieuw.',
    diskFull: 'Er is niet genoeg ruimte om Ringback {{version}} te downloaden. Maak ruimte vrij en controleer opnieuw.',
    notInstalled:
      'Ringback {{version}} kon niet worden geïnstalleerd; deze versie blijft in gebruik. Open de pagina met alle versies om het zelf te installeren.',
    busy: 'Er is een back-up of taak bezig. Installeer de update als die klaar is.',
    notReady: 'Er staat geen update klaar. Zoek eerst naar updates.',
    off: 'Updates zijn uitgeschakeld, dus Ringback zoekt niet naar nieuwere versies.',
  },
  transfer: {
    notAnExport: 'Dit is geen bestand dat Ringback heeft geëxporteerd. Kies een ander bestand.',
    newerVersion:
      'Een nieuwere Ringback heeft dit bestand geëxporteerd. Werk Ringback op deze computer bij en importeer het dan opnieuw.',
    damaged:
      'Dit bestand is bij “{{place}}” veranderd of beschadigd, dus er is niets geïmporteerd. Exporteer het opnieuw.',
    byCommand:
      'Inloggegevens komen nooit in dit venster. Exporteer ze op de host: ringback export BESTAND --passphrase',
    tooManyViews:
      '{{left}} opgeslagen weergaven zijn niet geïmporteerd: er kunnen er {{most}} zijn. Verwijder er een paar en importeer het bestand opnieuw.',
    tooManyRules:
      '{{left}} regels zijn niet geïmporteerd: er kunnen er {{most}} zijn. Verwijder er een paar en importeer het bestand opnieuw.',
    wrongPassphrase:
      'De wachtwoordzin is niet die waarmee het bestand is geëxporteerd, of het bestand is sindsdien veranderd. Voer hem opnieuw in, of importeer zonder inloggegevens.',
  },
  installation: {
    copied:
      'Deze gegevensmap komt van een andere computer. Tot je kiest welke van de twee doorgaat, opent Ringback hier geen tunnel en wijzigt het geen hooks.',
    duplicatedTitle: 'Een andere computer gebruikt dezelfde gegevens',
    duplicated:
      'Een andere computer, op {{address}}, draait met een kopie van deze gegevensmap, en beide zouden dezelfde hooks naar zich toe verplaatsen. Tot je in het venster van Ringback kiest welke van de twee doorgaat, wijzigt deze geen hooks.',
    noSandbox: 'Deze host kan geen andere Ringback openen. Voer de opdracht uit die het venster toont.',
    sandboxFailed: 'De sandbox kon niet worden gestart: {{reason}}',
    notCopied: 'Deze gegevensmap hoort bij deze computer; er is niets te kiezen.',
  },
  leave: {
    byHand: 'Deze host kan zijn eigen gegevens niet verwijderen. Stop Ringback en verwijder dan de map {{folder}}.',
    hooksRemain:
      'De hooks van {{connection}} konden niet allemaal worden verwijderd, dus er is verder niets verwijderd.',
    tryAgain: 'Probeer het opnieuw, of laat de hooks bij de provider staan.',
  },
  removals: {
    failed: '“{{removed}}” kon niet worden verwijderd.',
  },
  'not-found': {
    connection: 'Deze verbinding bestaat niet meer.',
    event: 'Deze gebeurtenis bestaat niet meer.',
    rejection: 'Deze geweigerde levering is niet meer opgeslagen.',
    notification: 'Deze melding bestaat niet meer, of gaat over niets dat kan worden gedempt.',
    hook: 'Deze hook bestaat niet meer. Vernieuw de lijst.',
    backup: 'Deze back-up bestaat niet meer.',
    job: 'Deze taak bestaat niet meer.',
    sink: 'Meldingen worden daar niet meer naartoe gestuurd.',
  },
};
