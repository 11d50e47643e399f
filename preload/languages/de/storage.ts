import type { MessageCatalogue } from '../index.ts';
import { createFormats } from '../index.ts';
import { networkFailure } from './network-failure.ts';

const { size, day, time } = createFormats('de');
const again = 'Fordern Sie das Backup erneut an.';
const entries = (count: unknown): string => (count === 1 ? '1 Eintrag' : `${count} Einträge`);

const part = (received: unknown, total: unknown): string =>
  total === undefined ? size(received) : `${size(received)} von ${size(total)}`;

/** Downloads, stored data and updates, in German. */
export const storageMessages: MessageCatalogue = {
  download: {
    addressMissing: `Der Server gab keine brauchbare Download-Adresse an. ${again}`,
    addressWithPassword: `Die Download-Adresse enthält ein Passwort und wurde deshalb abgelehnt. ${again}`,
    addressScheme: `Die Download-Adresse verwendet {{scheme}} statt https und wurde deshalb abgelehnt. ${again}`,
    addressUnencrypted:
      'Der Download von {{host}} wäre nicht verschlüsselt (http) und wurde deshalb abgelehnt. Schalten Sie unter Einstellungen → Backups „Downloads ohne Verschlüsselung erlauben“ ein, um ihn zuzulassen.',
    redirectedToThisComputer: `{{host}} leitete den Download auf diesen Computer um; das wurde abgelehnt. ${again}`,
    privateAddress: `Die Download-Adresse führt zu {{host}} in einem privaten Netzwerk, obwohl der Anbieter nicht dort ist. Sie wurde abgelehnt. ${again}`,
    redirectedTooOften: `Die Download-Adresse wurde mehr als {{limit}}-mal umgeleitet. ${again}`,
    addressExpired: `Die Download-Adresse ist abgelaufen ({{status}}). ${again}`,
    accessDenied:
      'Der Server verweigerte den Zugriff auf die Datei ({{status}}). Prüfen Sie die Verbindung, und fordern Sie das Backup erneut an.',
    unexpectedStatus: `Der Server antwortete mit {{status}} statt mit einem Backup. ${again}`,
    unusableRedirect: `Der Server antwortete mit {{status}} und einer Umleitung, der nicht gefolgt werden kann. ${again}`,
    retryLater: 'Der Server bittet, es in {{minutes}} Minuten erneut zu versuchen.',
    connectionLost: 'Die Verbindung ging verloren.',
    endedEarly: 'Die Verbindung endete zu früh.',
    noResponse: (p) => `Keine Antwort von ${p.host} (${networkFailure(p)}).`,
    untrustedCertificate: (p) => `${p.host} zeigt ein Zertifikat, dem nicht vertraut wird (${networkFailure(p)}).`,
    stalled: '{{seconds}} s lang wurden keine Daten empfangen.',
    preparing: 'Der Server bereitet die Datei noch vor.',
    rateLimited: 'Der Server begrenzt die Zahl der Anfragen (429).',
    serverFailed: 'Fehler des Servers ({{status}}).',
    wrongRange: 'Der Server sendete einen anderen Teil der Datei als angefordert.',
    partsUnasked:
      'Der Server sendete Teile der Datei (multipart/byteranges), obwohl die ganze Datei angefordert war. Fordern Sie das Backup erneut an; wenn sich das wiederholt, bitten Sie den Anbieter, die ganze Datei zu senden.',
    codingUnknown:
      'Der Server sendete die Datei in der Kodierung „{{coding}}“, die Ringback nicht rückgängig machen kann. Fordern Sie das Backup erneut an; wenn sich das wiederholt, bitten Sie den Anbieter, sie unkomprimiert zu senden.',
    codingDamaged:
      'Der Server hat die Datei für die Übertragung komprimiert ({{coding}}), und die komprimierten Daten sind beschädigt oder enden zu früh.',
    codingExpands: ({ received, factor }) =>
      `${size(received)} vom Server werden mehr als ${factor}-mal so groß; der Download wurde abgelehnt. Fragen Sie den Anbieter, was gesendet wurde.`,
    tooLong: ({ announced }) => `Der Server sendete mehr als die angekündigten ${size(announced)}.`,
    notStarted:
      'Der Download begann auch nach {{attempts}} Versuchen nicht. Prüfen Sie das Netzwerk, und setzen Sie ihn fort.',
    stopped: ({ received, total, attempts }) =>
      `Der Download stoppte nach ${part(received, total)}; ${attempts} Versuche brachten nicht mehr. Die empfangenen Daten sind gespeichert, er kann fortgesetzt werden.`,
    repeated: ({ received, total, attempts, excess }) =>
      `Der Download stoppte nach ${attempts} verlorenen Verbindungen: Der Server beginnt die Datei jedes Mal von vorn, und ${size(excess)} wurden mehrfach empfangen. Gespeichert: ${part(received, total)}. Versuchen Sie es zu einer anderen Zeit oder in einem anderen Netzwerk; wenn sich das wiederholt, bitten Sie den Anbieter um ein ETag und um Teilabrufe.`,
    fragments: ({ received, total, attempts }) =>
      `Der Download stoppte nach ${attempts} verlorenen Verbindungen, die jeweils nur wenig brachten. Gespeichert: ${part(received, total)}, er kann fortgesetzt werden. Prüfen Sie zuerst das Netzwerk und den Proxy.`,
    tooSlow: ({ received, total, slowest, minutes }) =>
      `Der Download stoppte: In ${minutes} Minuten kam weniger als ${size(slowest)} an. Gespeichert: ${part(received, total)}, er kann fortgesetzt werden.`,
    diskTooSmall: ({ needed, free, kept, folder }) =>
      `Das Backup braucht ${size(needed)}, aber in ${folder} sind nur ${size(free)} frei, von denen ${size(kept)} frei bleiben, damit Ringback Callbacks speichern kann. Schaffen Sie Platz, und starten Sie es erneut.`,
    diskTooSmallForRest: ({ needed, free, kept, folder }) =>
      `Das Backup braucht noch ${size(needed)}, aber in ${folder} sind nur ${size(free)} frei, von denen ${size(kept)} frei bleiben, damit Ringback Callbacks speichern kann. Schaffen Sie Platz, und starten Sie es erneut.`,
    diskReserve: ({ free, kept, folder }) =>
      `In ${folder} sind nur ${size(free)} frei, und ${size(kept)} müssen frei bleiben, damit Ringback Callbacks speichern kann. Schaffen Sie Platz, oder ändern Sie die Reserve unter Einstellungen → Backups, und starten Sie das Backup erneut. Die bisher empfangenen Daten sind gespeichert.`,
    diskFull:
      'Die Festplatte ist voll. Schaffen Sie Platz, und starten Sie das Backup erneut. Die bisher empfangenen Daten sind gespeichert.',
    diskQuota:
      'Das Speicherkontingent ist erschöpft. Schaffen Sie Platz, und starten Sie das Backup erneut. Die bisher empfangenen Daten sind gespeichert.',
    fileTooLarge: 'Die Festplatte kann keine so große Datei speichern. Wählen Sie einen Ordner auf einer anderen.',
    folderMissing: 'Den Backup-Ordner gibt es nicht mehr. Wählen Sie einen anderen, oder stellen Sie ihn wieder her.',
    folderIsFile: 'Der Backup-Ordner ist kein Ordner. Wählen Sie einen anderen.',
    folderNotWritable:
      'Der Backup-Ordner ist nicht beschreibbar. Wählen Sie einen anderen, oder ändern Sie seine Rechte.',
    diskReadOnly: 'Die Festplatte des Backup-Ordners ist schreibgeschützt. Wählen Sie einen anderen Ordner.',
    diskFailed: 'Die Festplatte konnte nicht gelesen oder beschrieben werden ({{code}}).',
    emptyFile: 'Der Server sendete eine leere Datei statt eines Backups.',
    onlyZeros: ({ received }) => `Der Server sendete ${size(received)} Nullen statt eines Backups. ${again}`,
    webPage: 'Der Server sendete eine Webseite statt eines Backups.',
    errorResponse: ({ text }) =>
      `Der Server sendete einen Fehler statt eines Backups${text === undefined ? '' : `: ${text}`}.`,
    shortText: 'Der Server sendete einen kurzen Text statt eines Backups: {{text}}.',
    tooShort: ({ received, announced }) => `Die Datei endete nach ${size(received)} von ${size(announced)}. ${again}`,
    longerThanAnnounced: ({ received, announced }) =>
      `Die Datei hat ${size(received)}, aber der Server kündigte ${size(announced)} an. ${again}`,
    readBackDiffers:
      'Die Festplatte gab andere Bytes zurück, als geschrieben wurden. Prüfen Sie die Festplatte, und fordern Sie das Backup erneut an.',
    extensionMismatch: `Die Datei heißt {{file}}, ist aber ein {{container}}-Archiv. ${again}`,
    notAnArchive: `Die Datei heißt {{file}}, ist aber kein {{extension}}-Archiv. ${again}`,
    endUnknown: ({ received }) =>
      `Der Server sendete ${size(received)}, ohne die Länge anzukündigen. Eine verlorene Verbindung sieht genauso aus; die Datei kann unvollständig sein und zählt nicht als Backup. Versuchen Sie es erneut. Wenn sich das wiederholt, bitten Sie den Anbieter um ein zip-Archiv oder um einen Server, der Content-Length sendet.`,
    zipEndMissing: `Das zip-Archiv ist beschädigt oder endet zu früh: Sein Endeintrag fehlt. ${again}`,
    zipDirectoryDamaged: `Das zip-Archiv ist beschädigt oder endet zu früh: Sein Verzeichnis ist unvollständig. ${again}`,
    zipSplit: `Die Datei ist ein Teil eines geteilten zip-Archivs. ${again}`,
    zipEmpty: `Das zip-Archiv ist leer. ${again}`,
    zipOverlapping: `Die Einträge des zip-Archivs sind größer als das Archiv. ${again}`,
    zipEntryMissing: `Das zip-Archiv ist beschädigt oder endet zu früh: Ein Eintrag fehlt. ${again}`,
    zipEntryUnreadable: `Das zip-Archiv ist beschädigt: Ein Eintrag kann nicht entpackt werden ({{reason}}). ${again}`,
    zipEntryShort: ({ read, declared }) =>
      `Das zip-Archiv ist beschädigt: Ein Eintrag endete nach ${size(read)} von ${size(declared)}. ${again}`,
    zipEntryLong: ({ declared }) =>
      `Das zip-Archiv ist beschädigt: Ein Eintrag ist länger als die angegebenen ${size(declared)}. ${again}`,
    zipChecksum: `Das zip-Archiv ist beschädigt: Die Prüfsumme eines Eintrags stimmt nicht. ${again}`,
    streamEndsEarly: `Das {{container}}-Archiv endet zu früh. ${again}`,
    streamDamaged: `Das {{container}}-Archiv ist beschädigt ({{reason}}). ${again}`,
    gzipChecksum: `Das gzip-Archiv ist beschädigt (seine Prüfsumme stimmt nicht). ${again}`,
    headersDamaged: `Die Header des {{container}}-Archivs sind beschädigt. ${again}`,
    archiveEmpty: `Das {{container}}-Archiv ist leer. ${again}`,
    tarDamaged: `Das tar-Archiv ist beschädigt: Ein Header ist ungültig. ${again}`,
    tarEndsEarly: `Das tar-Archiv endet zu früh. ${again}`,
    zipLeadingBytes: ({ bytes }) => `Vor dem zip-Archiv stehen ${size(bytes)}.`,
    zipTrailingBytes: ({ bytes }) => `Nach dem zip-Archiv folgen ${size(bytes)}.`,
    zipSeveralEnds: 'Das zip-Archiv enthält mehrere Endeinträge.',
    zipEndExtended: 'Der Endeintrag des zip-Archivs hat zusätzliche Felder, die manche Programme nicht lesen können.',
    zipContradictoryEnds: 'Die Endeinträge des zip-Archivs widersprechen sich.',
    zipCountDiffers: 'Das zip-Archiv gibt {{declared}} Einträge an und enthält {{found}}.',
    zipDirectoryTrailing: ({ bytes }) =>
      `${size(bytes)} zwischen dem Verzeichnis des zip-Archivs und seinem Ende wurden nicht geprüft.`,
    zipDirectorySizeDiffers: 'Das Verzeichnis des zip-Archivs hat eine andere Größe als angegeben.',
    zipUncovered: ({ bytes }) => `${size(bytes)} des zip-Archivs gehören zu keinem Eintrag.`,
    zipEncrypted: ({ count }) =>
      `Verschlüsselt im zip-Archiv: ${entries(count)}. Der Inhalt wurde deshalb nicht geprüft.`,
    zipMethodUnknown: ({ count }) => `Mit einer nicht prüfbaren Komprimierung im zip-Archiv: ${entries(count)}.`,
    zipHeadersDiffer: ({ count }) => `Mit Headern, die vom Verzeichnis abweichen, im zip-Archiv: ${entries(count)}.`,
    zipExtraFields: ({ count }) => `Mit ungültigen Zusatzfeldern im zip-Archiv: ${entries(count)}.`,
    zipFolderSizes: ({ count }) => `Ordner mit einer Größe im zip-Archiv: ${entries(count)}.`,
    zipSizesDiffer: ({ count }) => `Mit einer anderen Größe als angegeben, im zip-Archiv: ${entries(count)}.`,
    zipEntryTrailing: ({ count }) => `Mit unbenutzten Bytes nach den Daten im zip-Archiv: ${entries(count)}.`,
    zipDescriptors: ({ count }) =>
      `Mit fehlender oder abweichender Datenbeschreibung im zip-Archiv: ${entries(count)}.`,
    streamPadding: 'Das {{container}}-Archiv ist mit {{bytes}} Nullen aufgefüllt.',
    streamTrailingBytes: ({ container, bytes }) => `Nach dem ${container}-Archiv folgen ${size(bytes)} andere Daten.`,
    partUnreadable:
      'Es folgt ein weiterer Teil des {{container}}-Archivs, dessen Anfang beschädigt ist: Sein Inhalt fehlt.',
    withoutChecksums:
      'Das {{container}}-Archiv wurde ohne Prüfsummen erstellt, sodass veränderte Inhalte nicht bemerkt werden können.',
    archiveWithoutData: 'Das {{container}}-Archiv enthält keine Daten.',
    archiveOfZeros: 'Das {{container}}-Archiv enthält nur Nullen.',
    archiveOfWebPage: 'Das {{container}}-Archiv enthält eine Webseite.',
    archiveOfError:
      'Der Inhalt des {{container}}-Archivs liest sich wie eine Fehlermeldung. Prüfen Sie, ob es die Sicherung ist.',
    tarEndMissing: 'Das tar-Archiv hat keine Endmarke.',
    tarHeadersUnread: 'Ein erweiterter Header des tar-Archivs ist ungültig.',
    tarTrailingBytes: 'Nach dem tar-Archiv folgen andere Daten.',
    moreMayFollow:
      'Der Server hat nicht angegeben, wo die Datei endet, und ein {{container}}-Archiv kann weitere Teile haben.',
    contentUnchecked: 'Den Inhalt eines {{container}}-Archivs kann Ringback nicht prüfen.',
    contentTooLong: ({ container, checked }) =>
      `Der Inhalt des ${container}-Archivs ist für eine so kleine Datei ungewöhnlich groß: Die ersten ${size(checked)} wurden ohne Fehler entpackt, der Rest wurde nicht geprüft.`,
    manifestMissing: '{{file}} hat kein Manifest zum Vergleichen.',
    sizeChanged: 'Die Datei hat {{bytes}} Bytes statt der {{verified}} Bytes, die geprüft wurden.',
    contentChanged: ({ verifiedAt }) => `Der Inhalt hat sich seit der Prüfung am ${day(verifiedAt)} geändert.`,
    fileMissing: '{{file}} ist nicht mehr in seinem Ordner.',
    fileUnreadable: 'Die Festplatte kann die Datei nicht mehr lesen.',
  },
  storage: {
    newerData:
      'Eine neuere Version von Ringback hat die Daten auf diesem Computer verwendet, und diese Version kann sie nicht lesen. Es wurde nichts geändert. Installieren Sie die neuere Version wieder.',
    pruningAnnounced: ({ count, at }) =>
      `${count} Ereignisse liegen jenseits der Aufbewahrungsgrenzen und werden nach ${time(at)} gelöscht. Erhöhen Sie vorher die Grenzen in den Einstellungen, um sie zu behalten.`,
    unpublishedDeleted:
      'Der Server des Teams ist so lange weg, dass Ereignisse gelöscht wurden, bevor Mitglieder sie erhielten. Sie warten doppelt so lange und doppelt so viele, wie die Einstellungen aufbewahren. Prüfen Sie den Server, oder beenden Sie das Team.',
    eventsLost: ({ count, since, until }) =>
      `Im Ereignisspeicher fehlen ${count} bestätigte Callbacks, empfangen zwischen ${since ? time(since) : 'dem Beginn'} und ${time(until)}. Seine Dateien waren beschädigt oder wurden durch eine ältere Kopie ersetzt.`,
    notWritable: ({ path, owner, command }) =>
      `Ringback kann ${path} nicht beschreiben${owner ? `; es gehört ${owner}` : ''}. Führen Sie dies in einem Terminal aus, und starten Sie Ringback neu: ${command}`,
    folderReadOnly:
      'Ringback kann {{path}} nicht beschreiben: Es liegt auf einem schreibgeschützten Dateisystem. Hängen Sie es beschreibbar ein, oder setzen Sie RINGBACK_DATA_DIR auf einen anderen Ordner.',
    folderFull:
      'Ringback kann {{path}} nicht beschreiben: Es ist kein Platz mehr. Schaffen Sie Platz, und starten Sie Ringback neu.',
    folderNotMade: ({ folder, above, owner }) =>
      `Der Datenordner ${folder} kann in ${above} nicht angelegt werden${owner ? `; es gehört ${owner}` : ''}. Setzen Sie RINGBACK_DATA_DIR auf einen Ordner, in dem Sie schreiben dürfen.`,
    folderIsFile:
      'Der Datenordner {{folder}} ist eine Datei. Benennen Sie sie um, oder setzen Sie RINGBACK_DATA_DIR auf einen anderen Ordner.',
    folderOpen:
      'Andere Benutzer dieses Computers können den Datenordner {{folder}} öffnen. Führen Sie dies in einem Terminal aus: {{command}}',
    folderInUse: ({ folder, process }) =>
      `Ein anderes Ringback (Prozess ${process || 'unbekannt'}) verwendet den Datenordner ${folder}. Beenden Sie es zuerst, oder setzen Sie RINGBACK_DATA_DIR auf einen anderen Ordner.`,
    keyringOff: 'Der Schlüsselbund ist abgeschaltet (RINGBACK_KEYRING).',
    keyringSilent: 'Der Schlüsselbund des Systems hat nicht rechtzeitig geantwortet.',
    noKeyring: 'Dieses System hat keinen funktionierenden Schlüsselbund.',
    keyBesideSecrets:
      'Der Schlüssel liegt in einer Datei neben den Geheimnissen, und nur die Dateirechte schützen ihn.',
    secretOfKey: (p) =>
      `Ein gespeichertes Geheimnis wurde mit einem Schlüssel verschlüsselt, der dort liegt: ${p.place}. Es kann jetzt nicht geöffnet werden. Geben Sie es erneut ein.`,
    keyFileDamaged:
      'Die Schlüsseldatei war beschädigt. Sie wurde als {{file}} beiseitegelegt, und eine neue wurde begonnen; Geheimnisse müssen erneut eingegeben werden.',
    inKeyring: 'der Schlüsselbund des Systems',
    inKeyFile: 'eine Schlüsseldatei im Datenordner',
    inDesktopKeyring: 'der Schlüsselbund des Desktops',
    inMacKeychain: 'der macOS-Schlüsselbund',
    inWindowsCredentials: 'die Windows-Anmeldeinformationsverwaltung',
    inWindowsData: 'der Windows-Datenschutz (DPAPI)',
    inGnomeKeyring: 'der GNOME-Schlüsselbund',
    inKwallet: 'KWallet',
    inSecretService: 'der Secret Service dieses Desktops',
    inSystemStore: 'der Schlüsselspeicher des Systems',
    inPlainFile: 'eine Datei ohne Schlüsselspeicher',
    inNothing: 'nirgends',
    keyringLocked:
      'Entsperren Sie den Schlüsselbund: Er enthält den Schlüssel der gespeicherten Geheimnisse. Ringback versucht es bis dahin erneut; Callbacks werden inzwischen nicht angenommen, und ihre Absender versuchen es wieder. Setzen Sie RINGBACK_KEYRING=off, um ohne die gespeicherten Geheimnisse zu starten.',
    settingsDamaged:
      'Die Einstellungsdatei war beschädigt. Sie wurde als {{file}} beiseitegelegt und eine neue begonnen. Hooks, die beim Anbieter bestehen, werden als Extern aufgeführt, sobald ihre Verbindung wieder hinzugefügt ist.',
    clockAhead:
      'Die Uhr dieses Computers geht der zuletzt bekannten Zeit um {{days}} Tage voraus. Alte Ereignisse werden bis dahin nur in kleinen Schritten gelöscht. Prüfen Sie das Datum, und berichtigen Sie es, wenn es falsch ist.',
    settingsRepaired:
      'Einige Zeichen der Einstellungsdatei waren beschädigt. Sie wurde als {{file}} beiseitegelegt und mit � an deren Stelle gelesen. Prüfen Sie die Namen und Ordner in den Einstellungen.',
    settingsSalvaged:
      'Die Einstellungsdatei war beschädigt. Sie wurde als {{file}} beiseitegelegt, und was darin noch vollständig ist, wird verwendet. Prüfen Sie Verbindungen, Hooks und Einstellungen: Was fehlt, muss neu eingegeben werden.',
    settingsRestored: ({ file, at }) =>
      `Die Einstellungsdatei war beschädigt. Sie wurde als ${file} beiseitegelegt und die Kopie vom ${time(at)} wiederhergestellt. Seither angelegte Hooks werden als Extern aufgeführt.`,
  },
  verbatim: { text: '{{text}}' },
  engine: {
    eventStoreUnusable: 'Der Ereignisspeicher {{file}} kann nicht verwendet werden: {{reason}}.',
    eventStoreDamaged:
      'Der Ereignisspeicher war beschädigt. Er wurde als {{file}} beiseitegelegt und ein neuer angelegt.',
    eventStoreLocked:
      'Ein anderes Programm hat den Ereignisspeicher {{file}} gesperrt. Schließen Sie es, oder nehmen Sie die Datei von seiner Sicherung oder Prüfung aus.',
    eventStoreLockedBy:
      '{{program}} (Prozess {{process}}) hat den Ereignisspeicher {{file}} gesperrt. Schließen Sie es, oder nehmen Sie die Datei von seiner Sicherung oder Prüfung aus.',
    diskRefuses: 'Die Festplatte ist voll oder verweigert das Schreiben ({{reason}}).',
    eventStoreFailed: 'Der Speicher ist ausgefallen ({{reason}}).',
    callbackNotSaved: 'Ein Callback konnte nicht gespeichert werden',
    callbackUnsaved: 'Ein Callback konnte nicht gespeichert werden.',
    callbackNotShown: 'Ein Callback kann noch nicht angezeigt werden',
    callbackDelayed: 'Ein Callback ist eingegangen und kann noch nicht angezeigt werden.',
    kept: 'Er ist gesichert und erscheint, sobald er gespeichert werden kann.',
    keptDiskFull: 'Er ist gesichert und erscheint, sobald Platz ist. Schaffen Sie bald Platz.',
    senderRetries: 'Der Absender versucht es erneut.',
    senderRetriesDiskFull: 'Der Absender versucht es erneut. Schaffen Sie bald Platz.',
    internal: 'In Ringback ist etwas schiefgegangen. Das Protokoll enthält die Einzelheiten.',
    unknownLink: 'Es gibt keine Hilfeseite „{{link}}“.',
    unknownMethod: 'Es gibt keine Methode „{{method}}“.',
  },
  support: {
    notSaved:
      '{{file}} konnte nicht geschrieben werden. Wählen Sie einen anderen Ordner, oder schaffen Sie dort Platz.',
  },
  updates: {
    feedUnreachable:
      'Die Liste der Versionen ist nicht erreichbar. Ringback versucht es morgen erneut, oder suchen Sie jetzt noch einmal.',
    feedDamaged:
      'Die Liste der Versionen konnte nicht gelesen werden. Es wurde nichts heruntergeladen. Ringback versucht es morgen erneut, oder suchen Sie jetzt noch einmal.',
    tampered:
      'Der Download von Ringback {{version}} stimmt nicht mit seiner Prüfsumme überein und wurde gelöscht; er wurde unterwegs beschädigt oder verändert. Es wurde nichts installiert. Ringback versucht es morgen erneut, oder suchen Sie jetzt noch einmal.',
    interrupted:
      'Der Download von Ringback {{version}} wurde unterbrochen. Es wurde nichts installiert. Ringback versucht es morgen erneut, oder suchen Sie jetzt noch einmal.',
    diskFull:
      'Es ist nicht genug Platz, um Ringback {{version}} herunterzuladen. Schaffen Sie Platz, und suchen Sie noch einmal.',
    notInstalled:
      'Ringback {{version}} konnte nicht installiert werden; diese Version bleibt in Gebrauch. Öffnen Sie die Seite aller Versionen, um es selbst zu installieren.',
    busy: 'Ein Backup oder ein Auftrag läuft. Installieren Sie das Update, wenn es fertig ist.',
    notReady: 'Kein Update ist zur Installation bereit. Suchen Sie zuerst nach Updates.',
    off: 'Updates sind ausgeschaltet; Ringback sucht nicht nach neueren Versionen.',
  },
  transfer: {
    notAnExport: 'Das ist keine Datei, die Ringback exportiert hat. Wählen Sie eine andere Datei.',
    newerVersion:
      'Ein neueres Ringback hat diese Datei exportiert. Aktualisieren Sie Ringback auf diesem Computer, und importieren Sie sie dann noch einmal.',
    damaged:
      'Diese Datei wurde bei „{{place}}“ verändert oder beschädigt, daher wurde nichts importiert. Exportieren Sie sie noch einmal.',
    byCommand:
      'Zugangsdaten gelangen nie in dieses Fenster. Exportieren Sie sie auf dem Host: ringback export DATEI --passphrase',
    tooManyViews:
      '{{left}} gespeicherte Ansichten wurden nicht importiert: Es kann {{most}} geben. Entfernen Sie einige, und importieren Sie die Datei dann erneut.',
    tooManyRules:
      '{{left}} Regeln wurden nicht importiert: Es kann {{most}} geben. Entfernen Sie einige, und importieren Sie die Datei dann erneut.',
    wrongPassphrase:
      'Die Passphrase ist nicht die, mit der die Datei exportiert wurde, oder die Datei wurde seitdem verändert. Geben Sie sie noch einmal ein, oder importieren Sie ohne Zugangsdaten.',
  },
  installation: {
    copied:
      'Dieser Datenordner stammt von einem anderen Computer. Bis Sie wählen, welcher der beiden weiterläuft, öffnet Ringback hier keinen Tunnel und ändert keine Hooks.',
    duplicatedTitle: 'Ein anderer Computer verwendet dieselben Daten',
    duplicated:
      'Ein anderer Computer, unter {{address}}, läuft mit einer Kopie dieses Datenordners, und beide würden dieselben Hooks zu sich verschieben. Bis Sie im Fenster von Ringback wählen, welcher der beiden weiterläuft, ändert dieser keine Hooks.',
    noSandbox: 'Dieser Host kann kein weiteres Ringback öffnen. Führen Sie den Befehl aus, den das Fenster zeigt.',
    sandboxFailed: 'Die Sandbox konnte nicht gestartet werden: {{reason}}',
    notCopied: 'Dieser Datenordner gehört zu diesem Computer; es gibt nichts zu wählen.',
  },
  leave: {
    byHand:
      'Dieser Host kann seine eigenen Daten nicht löschen. Beenden Sie Ringback, und löschen Sie dann den Ordner {{folder}}.',
    hooksRemain: 'Die Hooks von {{connection}} konnten nicht alle gelöscht werden; sonst wurde nichts entfernt.',
    tryAgain: 'Versuchen Sie es erneut, oder belassen Sie die Hooks beim Anbieter.',
  },
  removals: {
    failed: '„{{removed}}“ konnte nicht entfernt werden.',
  },
  'not-found': {
    connection: 'Diese Verbindung gibt es nicht mehr.',
    event: 'Dieses Ereignis gibt es nicht mehr.',
    rejection: 'Diese abgelehnte Zustellung ist nicht mehr gespeichert.',
    notification:
      'Diese Benachrichtigung gibt es nicht mehr, oder sie betrifft nichts, was stummgeschaltet werden kann.',
    hook: 'Diesen Hook gibt es nicht mehr. Aktualisieren Sie die Liste.',
    backup: 'Dieses Backup gibt es nicht mehr.',
    job: 'Diesen Auftrag gibt es nicht mehr.',
    sink: 'Dorthin werden keine Benachrichtigungen mehr gesendet.',
  },
};
