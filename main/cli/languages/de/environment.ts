import type { MessageCatalogue } from '../../../../preload/languages/index.ts';

/** The environment variables of the host, and why it cannot start, in German. */
export const environmentMessages: MessageCatalogue = {
  environment: {
    RINGBACK_CONFIG:
      'eine Datei mit weiteren dieser Variablen, ein NAME=value je Zeile; standardmäßig `ringback.env` im Datenordner',
    RINGBACK_DATA_DIR: 'Datenordner; standardmäßig `ringback-headless` im Ordner des Benutzers für Anwendungsdaten',
    RINGBACK_PORT: 'Port des Fensters und der API auf 127.0.0.1; standardmäßig ein freier Port',
    RINGBACK_BACKUP_DIR: 'wohin Backups kommen; standardmäßig `backups` im Datenordner',
    RINGBACK_KEYRING:
      '`off` verschlüsselt Geheimnisse mit einer Schlüsseldatei im Datenordner statt mit dem Schlüsselbund',
    RINGBACK_LOG: 'Format des Protokolls auf der Standardfehlerausgabe: `text` (Standard) oder `json`',
    RINGBACK_SANDBOX: '`1` startet auch die Simulatoren',
    RINGBACK_NOTIFY_COMMAND:
      'ein Programm, das für jede Benachrichtigung ausgeführt wird, mit JSON auf seiner Standardeingabe; oder `notify-send`',
    RINGBACK_RECEIVER_BIND:
      'Adresse, unter der neben 127.0.0.1 Callbacks empfangen werden; `0.0.0.0` oder `::` steht für alle',
    RINGBACK_RECEIVER_HEALTH:
      '`1` beantwortet `GET /healthz` am Port des Empfängers: 200, solange Callbacks angenommen werden',
    RINGBACK_RECEIVER_PORT: 'Port, an dem Callbacks auf diesem Computer empfangen werden; 0 ist ein freier Port',
    RINGBACK_TUNNEL:
      'wie Callbacks diesen Computer erreichen: `off`, die öffentliche Adresse Ihres Reverse Proxys, oder JSON',
    RINGBACK_TUNNEL_FALLBACKS: 'Tunnel, die verwendet werden, solange jener ausfällt, als JSON',
    RINGBACK_TUNNEL_WHEN_NEEDED: 'ob der Tunnel nur offen ist, solange etwas auf Callbacks wartet',
    RINGBACK_NOTIFICATIONS_ENABLED: 'ob überhaupt benachrichtigt wird',
    RINGBACK_NOTIFICATIONS_PAUSED_UNTIL: 'bis wann Benachrichtigungen gesammelt statt gezeigt werden',
    RINGBACK_NOTIFICATIONS_QUIET_HOURS:
      'die Stunden, in denen Benachrichtigungen gesammelt werden, als JSON wie `{"from":"22:00","to":"07:00"}`',
    RINGBACK_NOTIFICATIONS_FAILURES_WHILE_PAUSED: 'ob Fehlschläge auch dann gemeldet werden',
    RINGBACK_NOTIFICATIONS_DIGEST_AT: 'Uhrzeit der täglichen Zusammenfassung',
    RINGBACK_NOTIFICATIONS_TEAM_AWAY_ALERT: 'ob Sie benachrichtigt werden, wenn kein Computer für das Team empfängt',
    RINGBACK_NOTIFICATIONS_TUNNEL_ALERT_MINUTES:
      'Minuten ohne funktionierenden Tunnel, nach denen Sie benachrichtigt werden',
    RINGBACK_RETENTION_DAYS: 'Tage, für die Ereignisse gespeichert werden',
    RINGBACK_RETENTION_EVENTS: 'Anzahl der Ereignisse, die gespeichert werden',
    RINGBACK_RETENTION_MEGABYTES: 'Megabyte, die Ereignisse belegen dürfen',
    RINGBACK_BACKUPS_PATIENCE_HOURS: 'Stunden, in denen ein angefordertes Backup ankommen muss',
    RINGBACK_BACKUPS_VERIFY_WEEKLY: 'ob das neueste Backup jedes Kontos wöchentlich erneut geprüft wird',
    RINGBACK_BACKUPS_SKIP_METERED: 'ob geplante Backups warten, solange die Verbindung getaktet ist',
    RINGBACK_BACKUPS_ALLOW_INSECURE: 'ob Backups auch über einfaches http geladen werden',
    RINGBACK_BACKUPS_RESERVE_GIGABYTES: 'Gigabyte der Festplatte, die Downloads frei lassen',
    RINGBACK_LANGUAGE: 'Sprache von Fenster und Benachrichtigungen',
    RINGBACK_NETWORK_PROXY:
      'Proxy ausgehender Anfragen, als JSON wie `{"mode":"manual","url":"http://proxy.example:8080"}`',
  },
  headless: {
    portInUse:
      'Port {{port}} wird von einem anderen Programm verwendet. Schließen Sie es, oder setzen Sie RINGBACK_PORT auf einen anderen Port.',
    portUnusable:
      'Port {{port}} kann nicht verwendet werden ({{code}}). Setzen Sie RINGBACK_PORT auf einen anderen Port.',
    configurationUnreadable: 'Die Konfigurationsdatei {{file}} kann nicht gelesen werden ({{detail}}).',
    noAddress: '{{variable}} muss eine IP-Adresse sein, nicht "{{text}}".',
    noLogFormat: '{{variable}} muss text oder json sein, nicht "{{text}}".',
    noFlag: '{{variable}} muss 1 oder 0 sein, nicht "{{text}}".',
    noPort: '{{variable}} muss eine Portnummer von 0 bis 65535 sein, nicht "{{text}}".',
    noSetting: ({ variable, text }) =>
      `Der Wert von ${variable} ist nicht gültig${text ? `: "${text}"` : ''}. "ringback up --help" beschreibt die Variable.`,
  },
};
