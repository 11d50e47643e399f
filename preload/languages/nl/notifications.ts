import type { MessageCatalogue } from '../index.ts';
import { createFormats } from '../index.ts';

const { size, duration, hours } = createFormats('nl');

/** Alerts, and what notifications and the tray say, in Dutch. */
export const notificationMessages: MessageCatalogue = {
  alerts: {
    tunnelDownTitle: 'Callbacks kunnen deze computer niet bereiken',
    tunnelDown: 'De tunnel is uitgevallen. Ringback blijft het proberen; de instellingen tonen elke poging.',
    tunnelUpTitle: 'Callbacks bereiken deze computer weer',
    tunnelUp: ({ time }) => `${duration(time)} uitgevallen. Er zijn geen gemiste gebeurtenissen gevonden.`,
    tunnelUpRecovered: ({ time, recovered }) => `${duration(time)} uitgevallen. Hersteld: ${recovered}`,
    rejectedTitle: 'Leveringen worden geweigerd: {{hook}}',
    rejected:
      '{{count}} achter elkaar, de laatste omdat: {{reason}}. Vernieuw het geheim van de hook, of voer Diagnose uit.',
    acceptedTitle: 'Leveringen worden weer aangenomen: {{hook}}',
    accepted: 'Geweigerde leveringen staan op de pagina Gebeurtenissen.',
    keyStoreTitle: 'De sleutelopslag kan niet worden gebruikt: {{name}}',
    keyStore:
      'Ringback kan geen callbacks controleren en zich niet aanmelden. Ontgrendel hem en start Ringback opnieuw.',
    keyStoreOverTitle: 'De sleutelopslag kan weer worden gebruikt: {{name}}',
    keyStoreOver: 'Geheimen kunnen worden opgeslagen en gelezen.',
    diskTitle: ({ free }) => `De schijf is bijna vol: ${size(free)} vrij`,
    disk: 'Als hij vol is, kunnen gebeurtenissen niet worden opgeslagen. Maak ruimte vrij voor {{folder}}.',
    diskOverTitle: 'De schijf heeft weer ruimte',
    diskOver: ({ free }) => `${size(free)} vrij.`,
    updatesTitle: 'Ringback kan niet worden bijgewerkt',
    updates: 'Er kon twee dagen lang niet naar nieuwere versies worden gezocht.',
    updatesOverTitle: 'Ringback kan weer worden bijgewerkt',
    updatesOver: 'De laatste controle op updates is gelukt.',
  },
  notifications: {
    manyEvents: '{{count}} gebeurtenissen',
    manyOfKind: ({ count, kind, place }) => `${count} ${kind}${place ? ` in ${place}` : ''}`,
    latestAndFailed: '{{failed}} mislukt. De laatste: {{event}}',
    latestEvent: 'De laatste: {{event}}',
    earlierNotifications: '{{count}} meldingen tijdens de pauze',
    dailySummary: ({ count }) => `Dagelijks overzicht: ${count} ${count === 1 ? 'melding' : 'meldingen'}`,
    nothingToRetry: 'Deze melding gaat over niets dat opnieuw kan worden gestart.',
    testTitle: 'Ringback werkt',
    testBody: 'Meldingen bereiken je.',
  },
  jobs: {
    finished: 'Vertaling klaar: {{name}}',
    failed: 'Vertaling mislukt: {{name}}',
    timedOut: 'Tijd voor de vertaling verstreken: {{name}}',
    inProgress: 'Vertaling bezig: {{name}}',
    resultUnknown: 'Resultaat van de vertaling onbekend: {{name}}',
    overdueTranslation: 'Vertaling is traag: {{name}}',
    overdueProcessing: 'Verwerking in de cloud is traag: {{name}}',
    overdue: ({ elapsed, usual }) =>
      `Al ${duration(elapsed)} bezig; meestal ${duration(usual)}. Ringback blijft het volgen.`,
    stage: '{{name}}: {{stage}}',
    processed: '{{name}}: klaar',
    took: ({ time }) => `duurde ${duration(time)}`,
    formatsTook: ({ formats, time }) => `${formats} · duurde ${duration(time)}`,
    alreadyTranslated: 'Al vertaald; niets te doen.',
    partiallyFinished: 'Gedeeltelijk klaar; mislukt: {{formats}}.',
    noTranslationResult: 'Geen resultaat binnen 24 uur. Vernieuw om opnieuw te controleren.',
    noUpdate: 'Geen bericht binnen 24 uur.',
    notStarted:
      'De vertaling is niet gestart: het verzoek is nooit beantwoord, en {{provider}} heeft zo’n vertaling niet. Start haar opnieuw.',
    couldNotStart: 'De vertaling kon niet worden gestart. Het logboek bevat de details.',
    startUncertain: 'Misschien is zij toch gestart; Ringback controleert dat.',
    connectionRemoved: 'Wordt niet meer gevolgd: de verbinding is verwijderd.',
    unsupported: '{{connection}} biedt geen vertalingen. Kies een andere verbinding.',
    unknownRegion: 'Er is geen regio "{{region}}". Gebruik een van {{regions}}.',
    notRepeatable: 'Alleen vertalingen kunnen hier opnieuw worden gestart.',
    noPage: 'Deze taak heeft geen pagina om te openen.',
    workflowSeen: '{{matching}} van de laatste {{total}} vertalingen hebben deze workflow.',
    workflowNotSeen: 'Geen bekende vertaling heeft de workflow "{{workflow}}".',
    workflowAdvice:
      'Zet misc.workflow van de taak op precies deze waarde. Vertalingen die in Ringback zijn gestart, gebruiken hun eigen workflow.',
  },
  backups: {
    unsupported: 'Deze verbinding ondersteunt geen back-ups.',
    unknownRequest: 'Er is hier geen back-upverzoek "{{request}}".',
    noTunnelToStart:
      'De provider roept terug wanneer de back-up klaar is, en er is geen tunnel ingesteld. Kies er een bij Instellingen → Tunnel.',
    notResumable: 'Deze back-up kan niet worden hervat. Vraag hem opnieuw aan.',
    otherInProgress: 'Een andere back-up van dit account is bezig. Wacht erop of annuleer hem.',
    alreadyFinished: 'Deze back-up is al klaar.',
    noFileToVerify: 'Er is geen voltooid bestand om te controleren.',
    filesRemoved: 'De bestanden van deze back-up zijn door de bewaarregels verwijderd.',
    otherFile: 'Een ander bestand heeft zijn plaats ingenomen.',
    closingWhileVerifying: 'Ringback sluit af, dus de back-up is niet tot het einde gelezen.',
    folderNotChoosable: 'Een map kan alleen in de desktoptoepassing worden gekozen.',
    fileNotRemoved:
      '{{file}} kon niet worden verwijderd. Sluit het programma dat het gebruikt en pas de bewaarregels opnieuw toe.',
    noRetainedBackupOnDisk:
      'Geen van de te bewaren back-ups staat op de schijf, dus er is niets verwijderd. Maak eerst een nieuwe back-up.',
    pruningFailed: 'Oude back-ups konden niet worden verwijderd.',
    publicUrlChanged: 'De openbare URL veranderde voordat de callback kwam. De back-up is opnieuw aangevraagd.',
    noTunnel:
      'Er is geen tunnel ingesteld. Back-ups hebben er een nodig voor de callback: kies er een bij Instellingen → Tunnel.',
    tunnelConnecting: 'De openbare URL werkt nog niet.',
    noResponse: 'Het verzoek kreeg geen antwoord, maar is misschien aangekomen. Wachten op de callback.',
    interruptedRequest: 'Ringback stopte voordat het verzoek was beantwoord. Wachten op de callback.',
    noCallback: ({ hours: count }) => `Er kwam geen callback binnen ${count} uur.`,
    callbackUnreadable:
      'De callback kan niet meer worden ontsleuteld (de sleutelopslag is veranderd). Vraag de back-up opnieuw aan.',
    linkUnreadable:
      'De link kan niet meer worden ontsleuteld (de sleutelopslag is veranderd). Vraag de back-up opnieuw aan.',
    linkExpired: 'De link is verlopen en de provider gaf geen nieuwe. Vraag de back-up opnieuw aan.',
    noFileNamed: 'De provider noemde geen bestand. Vraag de back-up opnieuw aan.',
    dataInsteadOfFile: 'De provider stuurde geen bestand, maar dit: {{text}}',
    cancelled: 'Geannuleerd.',
    connectionRemoved: 'De verbinding is verwijderd.',
    stepNeverReturned:
      'Ringback stopte {{attempts}} keer terwijl het aan deze back-up werkte, dus hij is niet vanzelf voortgezet. Hervat hem, of vraag een nieuwe back-up aan.',
    resumeOrRequest: 'Hervat hem om het bestand nog eens op te vragen, of vraag een nieuwe back-up aan.',
    resumeDownload: 'De ontvangen gegevens zijn opgeslagen: hervat de download bij Back-ups.',
    damagedStored: 'Het beschadigde bestand wordt bewaard als {{file}} tot een nieuwere back-up is gecontroleerd.',
    publicUrlMoved:
      'De openbare URL was {{previous}} toen de back-up werd aangevraagd en is nu {{current}}, dus de callback kan niet aankomen. Vraag hem opnieuw aan.',
    noCallbackReminderPage:
      'Waarschijnlijke oorzaken: de tunnel toonde de provider zijn herinneringspagina in plaats van de callback door te sturen; de provider is druk of gaf op. Controleer Instellingen → Tunnel en vraag de back-up opnieuw aan.',
    noCallbackIntercepted:
      'Waarschijnlijke oorzaken: een proxy of een waarschuwingspagina van de tunnel onderschepte de callback; de provider is druk of gaf op. Controleer Instellingen → Tunnel en vraag de back-up opnieuw aan.',
    noCallbackUnreachable:
      'Waarschijnlijke oorzaken: de openbare URL was niet bereikbaar; de provider is druk of gaf op. Controleer Instellingen → Tunnel en vraag de back-up opnieuw aan.',
    waitingOffline: 'Er is geen netwerkverbinding.',
    waitingMetered: 'De netwerkverbinding heeft een datalimiet.',
    waitingNoTunnel: 'Er is geen tunnel ingesteld.',
    waitingTunnel: 'De openbare URL werkt niet.',
    verifiedTitle: ({ account, bytes }) => `Back-up klaar: ${account}, ${size(bytes)}`,
    verifiedFile: '{{file}}, gecontroleerd.',
    verifiedFiles: '{{file}} en nog {{others}}, gecontroleerd.',
    remarkedFile: '{{file}}, opgeslagen maar niet volledig gecontroleerd.',
    remarkedFiles: '{{file}} en nog {{others}}, opgeslagen maar niet volledig gecontroleerd.',
    renamed: 'Opgeslagen als {{file}}; de naam {{serverName}} van de server paste niet bij de inhoud.',
    dataTitle: '{{title}} klaar',
    dataBody: 'Het resultaat is geen bestand. Open het in Ringback.',
    failedTitle: 'Back-up mislukt: {{account}}',
    timedOutTitle: 'Geen callback voor de back-up: {{account}}',
    notStarted: 'De geplande back-up kon niet starten. De volgende start volgens schema.',
    missingTitle: 'Back-up ontbreekt: {{account}}',
    damagedTitle: 'Back-up beschadigd: {{account}}',
    makeAnother: 'Maak nu een nieuwe back-up.',
    overdueTitle: ({ account, hours: count }) => `Geen gecontroleerde back-up van ${account} sinds ${hours(count)}`,
    overdueBody:
      'Maak er nu een, of kijk bij Back-ups wat het verhindert. Wijzig het schema om deze herinnering te stoppen.',
  },
};
