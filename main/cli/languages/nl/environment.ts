import type { MessageCatalogue } from '../../../../preload/languages/index.ts';

/** The environment variables of the host, and why it cannot start, in Dutch. */
export const environmentMessages: MessageCatalogue = {
  environment: {
    RINGBACK_CONFIG:
      'een bestand met meer van deze variabelen, één NAME=value per regel; standaard `ringback.env` in de gegevensmap',
    RINGBACK_DATA_DIR: 'gegevensmap; standaard `ringback-headless` in de map van de gebruiker voor toepassingsgegevens',
    RINGBACK_PORT: 'poort van het venster en de API op 127.0.0.1; standaard een vrije poort',
    RINGBACK_BACKUP_DIR: 'waar back-ups komen; standaard `backups` in de gegevensmap',
    RINGBACK_KEYRING:
      '`off` versleutelt geheimen met een sleutelbestand in de gegevensmap in plaats van met de sleutelbos',
    RINGBACK_LOG: 'indeling van het logboek op standaardfout: `text` (standaard) of `json`',
    RINGBACK_SANDBOX: '`1` start ook de simulators',
    RINGBACK_NOTIFY_COMMAND:
      'een programma dat voor elke melding wordt uitgevoerd, met JSON op zijn standaardinvoer; of `notify-send`',
    RINGBACK_RECEIVER_BIND: 'adres waarop naast 127.0.0.1 callbacks worden ontvangen; `0.0.0.0` of `::` is elk adres',
    RINGBACK_RECEIVER_HEALTH:
      '`1` beantwoordt `GET /healthz` op de poort van de ontvanger: 200 zolang callbacks worden aangenomen',
    RINGBACK_RECEIVER_PORT: 'poort waarop callbacks op deze computer worden ontvangen; 0 is een vrije poort',
    RINGBACK_TUNNEL: 'hoe callbacks deze computer bereiken: `off`, het openbare adres van je reverse proxy, of JSON',
    RINGBACK_TUNNEL_FALLBACKS: 'tunnels die worden gebruikt zolang die ene uitvalt, als JSON',
    RINGBACK_TUNNEL_WHEN_NEEDED: 'of de tunnel alleen open is zolang iets op callbacks wacht',
    RINGBACK_NOTIFICATIONS_ENABLED: 'of er iets wordt gemeld',
    RINGBACK_NOTIFICATIONS_PAUSED_UNTIL: 'tot wanneer meldingen worden verzameld in plaats van getoond',
    RINGBACK_NOTIFICATIONS_QUIET_HOURS:
      'de uren waarin meldingen worden verzameld, als JSON zoals `{"from":"22:00","to":"07:00"}`',
    RINGBACK_NOTIFICATIONS_FAILURES_WHILE_PAUSED: 'of mislukkingen zelfs dan worden gemeld',
    RINGBACK_NOTIFICATIONS_DIGEST_AT: 'tijd van het dagelijkse overzicht',
    RINGBACK_NOTIFICATIONS_TEAM_AWAY_ALERT: 'of je een melding krijgt als geen computer voor het team ontvangt',
    RINGBACK_NOTIFICATIONS_TUNNEL_ALERT_MINUTES: 'minuten zonder werkende tunnel waarna je een melding krijgt',
    RINGBACK_RETENTION_DAYS: 'aantal dagen dat gebeurtenissen worden bewaard',
    RINGBACK_RETENTION_EVENTS: 'aantal gebeurtenissen dat wordt bewaard',
    RINGBACK_RETENTION_MEGABYTES: 'aantal megabytes dat gebeurtenissen mogen innemen',
    RINGBACK_BACKUPS_PATIENCE_HOURS: 'uren waarbinnen een aangevraagde back-up moet aankomen',
    RINGBACK_BACKUPS_VERIFY_WEEKLY: 'of de nieuwste back-up van elk account wekelijks opnieuw wordt gecontroleerd',
    RINGBACK_BACKUPS_SKIP_METERED: 'of geplande back-ups wachten zolang de verbinding een datalimiet heeft',
    RINGBACK_BACKUPS_ALLOW_INSECURE: 'of back-ups ook over gewoon http worden gedownload',
    RINGBACK_BACKUPS_RESERVE_GIGABYTES: 'aantal gigabytes van de schijf dat downloads vrijlaten',
    RINGBACK_LANGUAGE: 'taal van venster en meldingen',
    RINGBACK_NETWORK_PROXY:
      'proxy van uitgaande verzoeken, als JSON zoals `{"mode":"manual","url":"http://proxy.example:8080"}`',
  },
  headless: {
    portInUse:
      'Poort {{port}} is in gebruik door een ander programma. Sluit het, of stel RINGBACK_PORT in op een andere poort.',
    portUnusable: 'Poort {{port}} kan niet worden gebruikt ({{code}}). Stel RINGBACK_PORT in op een andere poort.',
    configurationUnreadable: 'Het configuratiebestand {{file}} kan niet worden gelezen ({{detail}}).',
    noAddress: '{{variable}} moet een IP-adres zijn, niet "{{text}}".',
    noLogFormat: '{{variable}} moet text of json zijn, niet "{{text}}".',
    noFlag: '{{variable}} moet 1 of 0 zijn, niet "{{text}}".',
    noPort: '{{variable}} moet een poortnummer van 0 tot 65535 zijn, niet "{{text}}".',
    noSetting: ({ variable, text }) =>
      `De waarde van ${variable} is niet geldig${text ? `: "${text}"` : ''}. "ringback up --help" beschrijft de variabele.`,
  },
};
