import { createFormats, type MessageCatalogue, type MessageParameters } from '../../../../preload/languages/index.ts';
import { namedKinds } from '../../messages/index.ts';

const { plural, number } = createFormats('de');

interface Noun {
  /** Nouns with their article, to follow "Es gibt": "keinen Hook". */
  readonly none: string;
  readonly one: string;
  readonly other: string;
}

const kinds: Readonly<Record<string, Noun>> = {
  connection: { none: 'keine Verbindung', one: 'Verbindung', other: 'Verbindungen' },
  hook: { none: 'keinen Hook', one: 'Hook', other: 'Hooks' },
  backup: { none: 'kein Backup', one: 'Backup', other: 'Backups' },
  place: { none: 'kein Ziel', one: 'Ziel', other: 'Ziele' },
  member: { none: 'kein Mitglied', one: 'Mitglied', other: 'Mitglieder' },
  standby: { none: 'kein Reservecomputer', one: 'Reservecomputer', other: 'Reservecomputer' },
};
const nounOf = ({ kind }: MessageParameters): Noun =>
  kinds[String(kind)] ?? { none: `nichts namens ${kind}`, one: String(kind), other: String(kind) };
const listOf = ({ kind }: MessageParameters): string => namedKinds[kind as keyof typeof namedKinds] ?? '';

/** Help, usage errors and states, in German. */
export const programMessages: MessageCatalogue = {
  cli: {
    description: 'Webhooks von Autodesk Platform Services und Autoflex10 auf diesem Computer',
    json: 'JSON ausgeben: ein Dokument, oder ein Objekt je Zeile',
    dataDir: 'der Datenordner des Hosts',
    quiet: 'nur Ergebnisse und Fehler ausgeben',
    version: 'die Version ausgeben',
    help: 'zeigen, wie ein Befehl verwendet wird',
    notes: `Exitcodes: 0 fertig, 1 fehlgeschlagen, 2 falsche Verwendung, 3 kein Ringback läuft, 4 Zeit abgelaufen, 130 abgebrochen.
Umgebung: RINGBACK_DATA_DIR (Datenordner), NO_COLOR (keine Farben), LC_ALL, LC_MESSAGES und LANG (Sprache).`,
    seeHelp: 'Führen Sie den Befehl mit --help aus, um zu sehen, wie er verwendet wird.',
    usageHeading: 'Verwendung:',
    argumentsHeading: 'Argumente:',
    optionsHeading: 'Optionen:',
    globalOptionsHeading: 'Allgemeine Optionen:',
    commandsHeading: 'Befehle:',
    optionsPlace: 'Optionen',
    commandPlace: 'Befehl',
    choices: 'zur Wahl: {{choices}}',
    byDefault: 'Standard: {{value}}',
    unknownOption: 'Die Option {{name}} gibt es nicht.',
    unknownCommand: 'Den Befehl "{{name}}" gibt es nicht.',
    didYouMean: 'Meinten Sie {{names}}?',
    missingArgument: 'Das Argument <{{name}}> fehlt.',
    missingValue: 'Die Option {{name}} braucht einen Wert.',
    missingOption: 'Die Option {{name}} ist erforderlich.',
    tooManyArguments: ({ expected, given }) =>
      `Es sind zu viele Argumente: ${number(given)} statt ${expected === 0 ? 'keines' : `höchstens ${number(expected)}`}.`,
    notAChoice: '{{name}} kann nicht "{{value}}" sein. Wählen Sie aus: {{choices}}',
    hostGone: 'Ringback wurde beendet. Was es gerade tat, setzt es beim nächsten Start fort.',
    bug: 'Das ist ein Fehler in Ringback: {{detail}}',
    noHost: 'Es läuft kein Ringback. Starten Sie die Desktopanwendung, oder führen Sie aus: ringback up',
    noHostOn:
      'Auf dem Datenordner {{folder}} läuft kein Ringback. Starten Sie die Desktopanwendung, oder führen Sie aus: ringback up',
    waitingForHost: 'Ringback wurde beendet. Es wird gewartet, bis es wieder läuft.',
    outputLost: 'Die Ausgabe konnte nicht vollständig geschrieben werden: {{reason}}',
    waitOver: 'Die Wartezeit ist um; die Arbeit geht weiter. Sehen Sie später noch einmal nach.',
    nothingNamed: (p) => `Es gibt ${nounOf(p).none} "${p.name}". Zeigen Sie die Liste an mit: ringback ${listOf(p)}`,
    severalNamed: (p) => `"${p.name}" passt auf ${plural(p.count, nounOf(p))}. Geben Sie mehr von der ID ein.`,
    needsPair: '{{option}} braucht key=value, nicht "{{text}}".',
    noDuration: '"{{text}}" ist keine Dauer wie 90s, 15m, 2h oder 7d.',
    noTime: '"{{text}}" ist weder ein Datum noch eine Dauer wie 15m, 2h oder 7d.',
    noPort: '{{option}} braucht einen Port von {{lowest}} bis 65535, nicht "{{text}}".',
    noWholeNumber: '{{option}} braucht eine ganze Zahl von {{lowest}} bis {{highest}}, nicht "{{text}}".',
    variableUnset:
      '--secret {{field}}=… muss eine Umgebungsvariable nennen, die gesetzt ist; ein Geheimnis selbst gehört nicht in ein Argument.',
    noLine: 'Die Standardeingabe enthält keine Zeile für das Geheimnis "{{field}}".',
    secretInArgument:
      '"{{field}}" ist ein Geheimnis und gehört nicht in ein Argument. Verwenden Sie --secret {{field}}.',
    removed: '{{name}} wurde entfernt',
  },
  cliState: {
    active: 'aktiv',
    altered: 'verändert',
    away: 'abwesend',
    'called-back': 'Callback erhalten',
    cancelled: 'abgebrochen',
    connected: 'verbunden',
    connecting: 'verbindet sich',
    created: 'angelegt',
    creating: 'wird angelegt',
    disabled: 'deaktiviert',
    done: 'fertig',
    down: 'ausgefallen',
    downloading: 'wird geladen',
    enabled: 'aktiviert',
    failed: 'fehlgeschlagen',
    failing: 'schlägt fehl',
    good: 'gut',
    idle: 'im Ruhezustand',
    inactive: 'inaktiv',
    incomplete: 'unvollständig',
    info: 'Hinweis',
    missing: 'fehlt',
    needed: 'Anmeldung nötig',
    new: 'neu',
    off: 'aus',
    paused: 'angehalten',
    present: 'vorhanden',
    problem: 'Problem',
    queued: 'in der Warteschlange',
    reactivated: 'wieder aktiviert',
    requested: 'angefordert',
    resolved: 'Link bekannt',
    running: 'in Arbeit',
    'signed-in': 'angemeldet',
    success: 'erfolgreich',
    'timed-out': 'Zeit abgelaufen',
    timeout: 'Zeit abgelaufen',
    unknown: 'unbekannt',
    up: 'funktioniert',
    waiting: 'wartet',
  },
};
