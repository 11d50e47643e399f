import { createFormats, type MessageCatalogue } from '../../../../preload/languages/index.ts';

const { plural } = createFormats('de');

/** The host, its state, its installation, export and import, in German. */
export const statusMessages: MessageCatalogue = {
  cliStatus: {
    up: 'Den Host ohne Fenster ausführen, bis er abgebrochen wird',
    upConfig: 'eine Datei mit Umgebungsvariablen, ein NAME=value je Zeile',
    upEnvironment: 'Umgebung:',
    upRemarks: `Die Umgebung geht der Datei vor, und beide gehen dem vor, was in den Einstellungen gespeichert ist. SIGHUP liest die
Datei erneut; die Variablen vor RINGBACK_RECEIVER_BIND gelten ab dem nächsten Start.`,
    upOldNode: 'Der Host braucht Node {{oldest}} oder neuer; dies ist {{version}}.',
    status: 'Den Zustand von Ringback auf einen Blick zeigen',
    host: 'Host',
    desktop: 'Desktopanwendung, Prozess {{pid}}',
    headless: 'ohne Fenster, Prozess {{pid}}',
    choice: 'Auswahl',
    tunnel: 'Tunnel',
    receiver: 'Empfänger',
    port: 'Port {{port}}',
    portOf: 'Port {{port}} von {{address}} und 127.0.0.1',
    secrets: 'Geheimnisse',
    connections: 'Verbindungen',
    hooks: 'Hooks',
    activeHooks: '{{active}} von {{count}} aktiv',
    jobs: 'Aufträge',
    openJobs: '{{count}} in Arbeit',
    backups: 'Backups',
    overdue: '{{count}} überfällig',
    accounts: ({ count }) => plural(count, { one: 'Konto', other: 'Konten' }),
    warning: 'Warnung',
    metrics: 'Zahlen für Prometheus ausgeben, wie GET /metrics sie liefert',
    open: 'Das Fenster zeigen',
    noBrowser: 'Es konnte kein Browser geöffnet werden. Öffnen Sie die Adresse selbst.',
    token: 'Was Zugriff auf diesen Host gewährt',
    tokenRotate: 'Das Token ersetzen: Fenster in Browsern, Skripte und wer es sonst noch hat, werden ausgeschlossen',
    tokenRotated: 'Das Token ist neu. Öffnen Sie Fenster in Browsern erneut: ringback open',
    doctor: 'Alles prüfen, oder einen Hook oder eine Verbindung, und sagen, was zu tun ist',
    doctorId: 'ein Hook oder eine Verbindung',
    doctorFailed: 'Mindestens eine Prüfung ist fehlgeschlagen.',
    installation:
      'Zeigen, ob ein anderer Computer dieselben Daten hat, und wählen, welcher der beiden die Hooks behält',
    installationChoose:
      'Mit den Hooks des anderen Computers weitermachen, oder sie ihm lassen und eine neue Installation werden',
    becameNew: 'Dieser Computer ist eine neue Installation. Die Hooks bleiben beim anderen Computer.',
    tookOver:
      'Dieser Computer macht mit den Hooks weiter. Führen Sie auf dem anderen "ringback installation choose new" aus.',
    copied:
      'dieser Datenordner stammt von einem anderen Computer; Hooks und Tunnel bleiben unverändert, bis Sie wählen: ringback installation choose take-over, oder new',
    duplicate:
      'ein anderer Computer, unter {{place}}, verwendet dieselben Daten; Hooks bleiben unverändert, bis Sie wählen: ringback installation choose take-over, oder new',
    completion: 'Das Vervollständigungsskript einer Shell ausgeben',
    completionExample: 'Beispiel: ringback completion bash > /etc/bash_completion.d/ringback',
    completeWord: 'Ausgeben, was auf diese Wörter folgen kann, für die Vervollständigung einer Shell',
  },
  cliTransfer: {
    export: 'Einstellungen, Verbindungen, Hooks und Regeln in eine Datei für einen anderen Computer schreiben',
    exportPassphrase:
      'auch Zugangsdaten, verschlüsselt: eine Passphrase von einer Eingabeaufforderung, von der Standardeingabe oder aus dieser Umgebungsvariablen lesen',
    import: 'Übernehmen, was ein anderer Computer exportiert hat',
    importPassphrase:
      'eine Passphrase von einer Eingabeaufforderung, von der Standardeingabe oder aus dieser Umgebungsvariablen lesen',
    dryRun: 'sagen, was importiert würde, und nichts ändern',
    exists: '{{file}} gibt es schon. Wählen Sie einen anderen Namen.',
    notWritten: '{{file}} konnte nicht geschrieben werden: {{detail}}',
    notRead: '{{file}} konnte nicht gelesen werden: {{detail}}',
    exported: 'Nach {{file}} exportiert',
    undecryptable:
      'Die Zugangsdaten hiervon konnten nicht entschlüsselt werden und fehlen in der Datei: {{names}}. Geben Sie sie erneut ein, hier oder auf dem anderen Computer.',
    noFile: 'Die Datei fehlt.',
    'kind-settings': 'Einstellungen',
    'kind-connection': 'Verbindung',
    'kind-plan': 'Zeitplan',
    'kind-hook': 'Hook',
    'kind-rules': 'Regeln',
    'kind-views': 'Ansichten',
    part: 'TEIL',
    name: 'NAME',
    state: 'STATUS',
    problem: 'PROBLEM',
    empty: 'Die Datei ist leer.',
    withoutCredentials:
      'Die Datei enthält Zugangsdaten, die nicht importiert wurden. Importieren Sie sie erneut mit --passphrase.',
    incomplete: 'Es konnte nicht alles importiert werden. Importieren Sie die Datei danach erneut.',
    passphrase: 'Passphrase',
    passphraseAgain: 'Passphrase wiederholen',
    different: 'Die beiden Passphrasen sind verschieden. Es wurde nichts exportiert.',
  },
};
