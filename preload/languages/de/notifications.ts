import type { MessageCatalogue } from '../index.ts';
import { createFormats, quotedMessage } from '../index.ts';

const { size, duration, hours } = createFormats('de');

/** Alerts, and messages of notifications and the tray, in German. */
export const notificationMessages: MessageCatalogue = {
  alerts: {
    tunnelDownTitle: 'Callbacks können diesen Computer nicht erreichen',
    tunnelDown: 'Der Tunnel ist ausgefallen. Ringback versucht es weiter; die Einstellungen zeigen jeden Versuch.',
    tunnelUpTitle: 'Callbacks erreichen diesen Computer wieder',
    tunnelUp: ({ time }) => `${duration(time)} ausgefallen. Es wurden keine verpassten Ereignisse gefunden.`,
    tunnelUpRecovered: ({ time, recovered }) => `${duration(time)} ausgefallen. Nachgeholt: ${recovered}`,
    rejectedTitle: 'Zustellungen werden abgelehnt: {{hook}}',
    rejected: (p, say) =>
      `${p.count} hintereinander. Der letzte Grund: ${quotedMessage('reason', p, say)} Erneuern Sie das Geheimnis des Hooks, oder führen Sie die Diagnose aus.`,
    acceptedTitle: 'Zustellungen werden wieder angenommen: {{hook}}',
    accepted: 'Abgelehnte Zustellungen stehen auf der Seite Ereignisse.',
    teamTitle: 'Der Server des Teams „{{team}}“ ist nicht erreichbar',
    teamReceiver:
      'Mitglieder bekommen keine Ereignisse, bis er wieder da ist. Ringback bewahrt auf, was eingeht, und veröffentlicht es dann. Prüfen Sie den Server.',
    teamMember:
      'Vom Team kommen keine Ereignisse an, bis er wieder da ist. Melden Sie es der Person, die den Server betreibt.',
    teamOverTitle: 'Der Server des Teams „{{team}}“ ist wieder erreichbar',
    teamOver: ({ time }) => `${duration(time)} nicht erreichbar. Was inzwischen kam, wird jetzt gesendet.`,
    teamAwayTitle: 'Für das Team „{{team}}“ wird nichts empfangen',
    teamAwayOverTitle: 'Für das Team „{{team}}“ werden wieder Ereignisse empfangen',
    teamAwayOver: ({ time }) =>
      `${duration(time)} wurde nichts empfangen. Anbieter wiederholen eine begrenzte Zeit das meiste, was sie nicht zustellen konnten.`,
    keyStoreTitle: 'Der Schlüsselspeicher ist nicht verfügbar: {{name}}',
    keyStore:
      'Ringback kann weder Callbacks prüfen noch sich anmelden. Entsperren Sie ihn und starten Sie Ringback neu.',
    keyStoreOverTitle: 'Der Schlüsselspeicher ist wieder verfügbar: {{name}}',
    keyStoreOver: 'Geheimnisse können gespeichert und gelesen werden.',
    diskTitle: ({ free }) => `Die Festplatte ist fast voll: ${size(free)} frei`,
    disk: 'Wenn sie voll ist, können keine Ereignisse gespeichert werden. Schaffen Sie Platz für {{folder}}.',
    diskOverTitle: 'Die Festplatte hat wieder Platz',
    diskOver: ({ free }) => `${size(free)} frei.`,
    updatesTitle: 'Ringback kann nicht aktualisiert werden',
    updates: 'Zwei Tage lang konnte nicht nach neueren Versionen gesucht werden.',
    updatesOverTitle: 'Ringback kann wieder aktualisiert werden',
    updatesOver: 'Die letzte Suche nach Updates war erfolgreich.',
  },
  notifications: {
    manyEvents: '{{count}} Ereignisse',
    manyOfKind: (p, say) => `${p.count} ${quotedMessage('kind', p, say)}${p.place ? ` in ${p.place}` : ''}`,
    latestAndFailed: (p, say) => `${p.failed} fehlgeschlagen. Zuletzt: ${quotedMessage('event', p, say)}`,
    latestEvent: (p, say) => `Zuletzt: ${quotedMessage('event', p, say)}`,
    earlierNotifications: '{{count}} Benachrichtigungen während der Pause',
    dailySummary: ({ count }) =>
      `Tägliche Zusammenfassung: ${count} ${count === 1 ? 'Benachrichtigung' : 'Benachrichtigungen'}`,
    nothingToRetry: 'Zu dieser Benachrichtigung gibt es nichts, was erneut gestartet werden kann.',
    testTitle: 'Ringback funktioniert',
    testBody: 'Benachrichtigungen erreichen Sie.',
    sinkFailed: (p, say) =>
      `Die Benachrichtigung konnte nicht an ${p.sink} gesendet werden: ${quotedMessage('reason', p, say)}`,
    sinkDenied: (p, say) =>
      `${p.sink} nimmt keine Benachrichtigungen an: ${quotedMessage('reason', p, say)}. Prüfen Sie Adresse und Token; was wartet, wird einen Tag lang erneut gesendet.`,
    sinkRejected: (p, say) =>
      `${p.sink} hat eine Benachrichtigung abgelehnt, die nicht erneut gesendet wird: ${quotedMessage('reason', p, say)}`,
    sinkGaveUp: (p, say) =>
      `Eine Benachrichtigung konnte nicht innerhalb eines Tages an ${p.sink} gesendet werden: ${quotedMessage('reason', p, say)}`,
    noMail: 'dieser Host versendet keine E-Mail',
    mailSignIn: 'der Mailserver nimmt Benutzername und Passwort nicht an ({{text}})',
    mailRejected: 'der Mailserver nimmt die Nachricht nicht an ({{text}})',
    mailUnencrypted: 'die Verbindung zum Mailserver ließ sich nicht verschlüsseln ({{text}})',
    programMissing: '{{program}} ist nicht installiert',
    programSlow: 'das Programm war nach {{seconds}} s nicht fertig',
    programEnded: 'das Programm wurde durch {{signal}} beendet',
    programFailed: 'das Programm endete mit Exitcode {{code}}',
    sinkSecretsLost:
      'Die Geheimnisse von {{sink}} lassen sich nicht mehr entschlüsseln. Entfernen Sie es, und fügen Sie es erneut hinzu.',
    sinkPasswordUnencrypted:
      'Das Passwort würde unverschlüsselt an den Mailserver gesendet. Wählen Sie "starttls" oder "tls".',
    sinkPasswordAlone: 'Zu einem Passwort gehört ein Benutzername.',
    sinkSecretSentOpenly:
      'Das Token oder Passwort von {{sink}} wird unverschlüsselt gesendet, sodass andere es unterwegs lesen können. Entfernen Sie es unter Einstellungen → Anderswohin senden, und fügen Sie es mit einer https-Adresse oder einem verschlüsselten Mailserver wieder hinzu.',
    sinkTokenUnencrypted: 'Das Token würde unverschlüsselt gesendet. Verwenden Sie eine https-Adresse.',
    sinkTopicInvalid:
      'Die Adresse muss mit einem Thema aus höchstens 64 Buchstaben, Ziffern, "_" und "-" enden, etwa https://ntfy.sh/my-topic.',
    sinkExpired: 'Eine Benachrichtigung für {{sink}} wartete länger als einen Tag und wird nicht mehr gesendet.',
    sinkNotOnScreen:
      'Nur ein Host ohne Fenster unter Linux zeigt Benachrichtigungen mit notify-send. Die Desktopanwendung zeigt sie selbst.',
    sinkOfHost: 'Der Befehl stammt aus RINGBACK_NOTIFY_COMMAND und lässt sich nur dort ändern.',
  },
  jobs: {
    finished: 'Übersetzung fertig: {{name}}',
    failed: 'Übersetzung fehlgeschlagen: {{name}}',
    timedOut: 'Zeit für die Übersetzung abgelaufen: {{name}}',
    inProgress: 'Übersetzung läuft: {{name}}',
    resultUnknown: 'Ergebnis der Übersetzung unbekannt: {{name}}',
    overdueTranslation: 'Übersetzung dauert lange: {{name}}',
    overdueProcessing: 'Cloud-Verarbeitung dauert lange: {{name}}',
    overdue: ({ elapsed, usual }) =>
      `Läuft seit ${duration(elapsed)}; meist ${duration(usual)}. Ringback beobachtet weiter.`,
    stage: '{{name}}: {{stage}}',
    processed: '{{name}}: fertig',
    took: ({ time }) => `dauerte ${duration(time)}`,
    formatsTook: ({ formats, time }) => `${formats} · dauerte ${duration(time)}`,
    alreadyTranslated: 'Bereits übersetzt; nichts zu tun.',
    partiallyFinished: 'Teilweise fertig; fehlgeschlagen: {{formats}}.',
    noTranslationResult: 'Kein Ergebnis innerhalb von 24 Stunden. Aktualisieren Sie, um erneut zu prüfen.',
    noUpdate: 'Keine Meldung innerhalb von 24 Stunden.',
    notStarted:
      'Die Übersetzung wurde nicht gestartet: Die Anfrage wurde nie beantwortet, und {{provider}} hat keine solche Übersetzung. Starten Sie sie erneut.',
    couldNotStart: 'Die Übersetzung konnte nicht gestartet werden. Das Protokoll enthält die Details.',
    startUncertain: 'Vielleicht wurde sie doch gestartet; Ringback prüft das.',
    connectionRemoved: 'Wird nicht mehr beobachtet: Die Verbindung wurde entfernt.',
    unsupported: '{{connection}} bietet keine Übersetzungen. Wählen Sie eine andere Verbindung.',
    unknownRegion: 'Es gibt keine Region "{{region}}". Verwenden Sie eine von {{regions}}.',
    notRepeatable: 'Nur Übersetzungen können von hier aus erneut gestartet werden.',
    noPage: 'Dieser Auftrag hat keine Seite zum Öffnen.',
    workflowSeen: '{{matching}} der letzten {{total}} Übersetzungen haben diesen Workflow.',
    workflowNotSeen: 'Keine bekannte Übersetzung hat den Workflow "{{workflow}}".',
    workflowAdvice:
      'Setzen Sie misc.workflow des Auftrags auf genau diesen Wert. In Ringback gestartete Übersetzungen verwenden ihren eigenen Workflow.',
  },
  backups: {
    unsupported: 'Diese Verbindung unterstützt keine Backups.',
    unknownRequest: 'Hier gibt es keine Backup-Anfrage "{{request}}".',
    noTunnelToStart:
      'Der Anbieter ruft zurück, wenn das Backup fertig ist, und es ist kein Tunnel eingestellt. Wählen Sie einen unter Einstellungen → Tunnel.',
    notResumable: 'Dieses Backup kann nicht fortgesetzt werden. Fordern Sie es erneut an.',
    otherInProgress: 'Ein anderes Backup dieses Kontos läuft. Warten Sie darauf, oder brechen Sie es ab.',
    alreadyFinished: 'Dieses Backup ist bereits fertig.',
    noFileToVerify: 'Es gibt keine fertige Datei zu prüfen.',
    filesRemoved: 'Die Dateien dieses Backups wurden durch die Aufbewahrungsregeln entfernt.',
    otherFile: 'Eine andere Datei liegt an seiner Stelle.',
    closingWhileVerifying: 'Ringback wird beendet; das Backup wurde nicht zu Ende gelesen.',
    folderNotChoosable: 'Ein Ordner kann nur in der Desktop-Anwendung gewählt werden.',
    fileNotRemoved:
      '{{file}} konnte nicht entfernt werden. Schließen Sie das Programm, das die Datei verwendet, und wenden Sie die Aufbewahrungsregeln erneut an.',
    noRetainedBackupOnDisk:
      'Keines der aufzubewahrenden Backups ist auf der Festplatte; es wurde nichts entfernt. Erstellen Sie zuerst ein neues Backup.',
    pruningFailed: 'Alte Backups konnten nicht entfernt werden.',
    publicUrlChanged:
      'Die öffentliche URL änderte sich, bevor der Callback eintraf. Das Backup wurde erneut angefordert.',
    noTunnel:
      'Es ist kein Tunnel eingestellt. Backups brauchen einen für den Callback: Wählen Sie einen unter Einstellungen → Tunnel.',
    tunnelConnecting: 'Die öffentliche URL ist noch nicht erreichbar.',
    noResponse: 'Die Anfrage wurde nicht beantwortet, ist aber vielleicht angekommen. Warten auf den Callback.',
    interruptedRequest: 'Ringback endete, bevor die Anfrage beantwortet wurde. Warten auf den Callback.',
    noCallback: ({ hours: count }) =>
      `Innerhalb von ${count === 1 ? 'einer Stunde' : `${count} Stunden`} traf kein Callback ein.`,
    callbackUnreadable:
      'Der Callback kann nicht mehr entschlüsselt werden (der Schlüsselspeicher hat sich geändert). Fordern Sie das Backup erneut an.',
    linkUnreadable:
      'Der Link kann nicht mehr entschlüsselt werden (der Schlüsselspeicher hat sich geändert). Fordern Sie das Backup erneut an.',
    linkExpired: 'Der Link ist abgelaufen, und der Anbieter gab keinen neuen. Fordern Sie das Backup erneut an.',
    noFileNamed: 'Der Anbieter nannte keine Datei. Fordern Sie das Backup erneut an.',
    dataInsteadOfFile: 'Der Anbieter sendete keine Datei, sondern dies: {{text}}',
    cancelled: 'Abgebrochen.',
    connectionRemoved: 'Die Verbindung wurde entfernt.',
    stepNeverReturned:
      'Ringback endete {{attempts}}-mal, während es an diesem Backup arbeitete; es wurde nicht von selbst fortgesetzt. Setzen Sie es fort, oder fordern Sie ein neues Backup an.',
    resumeOrRequest: 'Setzen Sie es fort, um die Datei noch einmal anzufordern, oder fordern Sie ein neues Backup an.',
    resumeDownload: 'Die empfangenen Daten sind gespeichert: Setzen Sie den Download unter Backups fort.',
    damagedStored: 'Die beschädigte Datei wird als {{file}} aufbewahrt, bis ein neueres Backup geprüft ist.',
    publicUrlMoved:
      'Die öffentliche URL war {{previous}}, als das Backup angefordert wurde, und ist jetzt {{current}}; der Callback kann nicht eintreffen. Fordern Sie es erneut an.',
    noCallbackReminderPage:
      'Wahrscheinliche Ursachen: Der Tunnel zeigte dem Anbieter seine Hinweisseite, statt den Callback weiterzuleiten; der Anbieter ist ausgelastet oder gab auf. Prüfen Sie Einstellungen → Tunnel, und fordern Sie das Backup erneut an.',
    noCallbackIntercepted:
      'Wahrscheinliche Ursachen: Ein Proxy oder eine Warnseite des Tunnels fing den Callback ab; der Anbieter ist ausgelastet oder gab auf. Prüfen Sie Einstellungen → Tunnel, und fordern Sie das Backup erneut an.',
    noCallbackUnreachable:
      'Wahrscheinliche Ursachen: Die öffentliche URL war nicht erreichbar; der Anbieter ist ausgelastet oder gab auf. Prüfen Sie Einstellungen → Tunnel, und fordern Sie das Backup erneut an.',
    waitingOffline: 'Es besteht keine Netzwerkverbindung.',
    waitingMetered: 'Die Netzwerkverbindung ist getaktet.',
    waitingNoTunnel: 'Es ist kein Tunnel eingestellt.',
    waitingTunnel: 'Die öffentliche URL ist nicht erreichbar.',
    waitingOther: '{{computer}} aus Ihrem Team erstellt es. Fällt dieser Computer aus, übernimmt dieser hier.',
    waitingTeam:
      'Der Server des Teams ist nicht erreichbar, daher ist nicht bekannt, ob ein anderer Computer es erstellt.',
    takenOver: '{{computer}} aus Ihrem Team hat dieses Backup übernommen.',
    verifiedTitle: ({ account, bytes }) => `Backup fertig: ${account}, ${size(bytes)}`,
    verifiedFile: '{{file}}, geprüft.',
    verifiedFiles: '{{file}} und {{others}} weitere, geprüft.',
    remarkedFile: '{{file}}, gespeichert, aber nicht vollständig geprüft.',
    remarkedFiles: '{{file}} und {{others}} weitere, gespeichert, aber nicht vollständig geprüft.',
    renamed: 'Gespeichert als {{file}}; der Name {{serverName}} des Servers passte nicht zum Inhalt.',
    dataTitle: '{{title}} fertig',
    dataBody: 'Das Ergebnis ist keine Datei. Öffnen Sie es in Ringback.',
    failedTitle: 'Backup fehlgeschlagen: {{account}}',
    timedOutTitle: 'Kein Callback für das Backup: {{account}}',
    notStarted: 'Das geplante Backup konnte nicht gestartet werden. Das nächste startet nach Zeitplan.',
    missingTitle: 'Backup fehlt: {{account}}',
    damagedTitle: 'Backup beschädigt: {{account}}',
    makeAnother: 'Erstellen Sie jetzt ein neues Backup.',
    overdueTitle: ({ account, hours: count }) => `Kein geprüftes Backup von ${account}: ${hours(count)}`,
    overdueBody:
      'Sichern Sie jetzt, oder sehen Sie unter Backups, was es verhindert. Ändern Sie den Zeitplan, um diese Erinnerung zu beenden.',
  },
  tray: {
    jobQueued: '{{name}}: in der Warteschlange',
    jobRunning: '{{name}}: in Arbeit',
    jobSuccess: '{{name}}: fertig',
    jobFailed: '{{name}}: fehlgeschlagen',
    jobTimeout: '{{name}}: Zeit abgelaufen',
    support: 'Supportdatei speichern…',
    updateReady: 'Ringback {{version}} ist zur Installation bereit…',
    updateAvailable: 'Ringback {{version}} ist verfügbar…',
    ready: 'Bereit: Callbacks erreichen diesen Computer',
    idle: 'Bereit: Der Tunnel öffnet, wenn etwas ihn braucht',
    connecting: 'Verbinden…',
    off: 'Kein Tunnel: Richten Sie einen ein, um Callbacks zu empfangen',
    unreachable: 'Nicht erreichbar: {{problem}}',
    tunnelDown: 'Nicht erreichbar: Der Tunnel ist ausgefallen',
    jobs: ({ count }) => (count === 1 ? '1 Auftrag in Arbeit' : `${count} Aufträge in Arbeit`),
    lastBackup: 'Letztes geprüftes Backup: {{backup}}',
    lastBackupOf: '{{name}}: letztes geprüftes Backup {{backup}}',
    noBackup: 'Noch kein geprüftes Backup',
    noBackupOf: '{{name}}: noch kein geprüftes Backup',
    overdue: '{{line}} (überfällig)',
    verifying: '{{name}}: Backup wird geprüft',
    downloading: '{{name}}: Backup wird heruntergeladen, {{progress}}',
    noEvents: 'Noch keine Ereignisse',
    open: 'Ringback öffnen',
    quit: 'Ringback beenden',
    backUp: 'Jetzt sichern',
    inProgress: '{{name}} (in Arbeit)',
    notificationsOff: 'Benachrichtigungen sind ausgeschaltet',
    pause: 'Benachrichtigungen 1 Stunde pausieren',
    resume: 'Benachrichtigungen fortsetzen (pausiert bis {{time}})',
    quiet: 'Benachrichtigungen pausiert bis {{time}}',
    percent: '{{percent}} % von {{total}}',
    doNotDisturb: 'Benachrichtigungen pausiert: „Nicht stören“ ist an',
    openNotification: 'Öffnen',
    copyError: 'Fehler kopieren',
    translateAgain: 'Erneut übersetzen',
    backUpAgain: 'Erneut sichern',
  },
};
