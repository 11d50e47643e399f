import type { MessageCatalogue } from '../../../../preload/languages/index.ts';

/** The simulators, in German. */
export const sandboxMessages: MessageCatalogue = {
  cliSandbox: {
    description:
      'Simulatoren von Autodesk Platform Services und Autoflex10 ausführen, für Tests Ihrer eigenen Programme',
    port: 'des Steuerungsendpunkts; ein freier, wenn er fehlt',
    apsPort: 'von Autodesk Platform Services',
    autoflexPort: 'von Autoflex10',
    seed: 'jedes Mal dieselben IDs, Tokens und Geheimnisse',
    time: 'die Zeit, mit der begonnen wird, etwa 2026-01-01T00:00:00Z',
    fault: 'eine Störung von Anfang an; mehrmals möglich',
    behaviour: 'wie sich die Dienste verhalten, von Anfang an und nach jedem Zurücksetzen',
    remarks: `Gibt aus, wo sie sind und wer sich anmelden darf, mit --json als eine Zeile JSON, und antwortet dann, bis abgebrochen wird.
Eine Störung ist JSON: {"service":"aps" oder "autoflex","method","path","times","status","retryAfter","body","cut","hang"}.
Verhalten ist JSON: {"aps":{"tokenLifetime":60,"hubs":"none"},"autoflex":{"order":{"notReady":2}}}; nur Genanntes ändert sich.

Steuerungsendpunkt, überall JSON:
  GET  /           die Adressen, wer sich anmelden darf, die Zeit
  POST /reset      {}: vergisst alles, was geschah; Ports bleiben, und mit --seed auch alles andere
  POST /clock      {"time":"2026-01-01T00:00:00Z"} oder {"advance":3600} (Sekunden)
  POST /faults     eine Störung, siehe oben
  GET  /behaviour  wie sich die Dienste verhalten: jeder Name mit seinem Wert
  POST /behaviour  ändert es bis zum nächsten Zurücksetzen, siehe oben; ein Name oder Wert, den es nicht gibt, wird mit 400
                   beantwortet
Was in der Cloud geschieht, was gefragt und was zurückgemeldet wurde: POST und GET /sandbox jedes Simulators.

Was nicht simuliert wird:
  - Berechtigungen von Personen, Konten und Projekten: Wer angemeldet ist, darf das eine Projekt sehen, das es gibt
  - Ratenbegrenzungen und Ausfälle, außer eine Störung verlangt sie
  - die Arbeit selbst: Übersetzungen und Backups enden mit erfundenem Inhalt; eine Modellansicht hat zwei erfundene Objekte
  - Dateien in Projekten haben keine Bytes; Objekte in Buckets schon, im Speicher, in Teilen von höchstens 64 MB, und S3 ist unter
    /s3 desselben Ports
  - Zugriffstokens sind keine JWTs; ID-Tokens schon, signiert mit einem Schlüssel je Ausführung
  - Zeitgeber folgen der Uhr des Computers: Die Zeit zu verstellen beendet Tokens, Links und Hooks, beschleunigt aber keinen
    neuen Versuch
  - alle Dienste von Autodesk: Was fehlt, wird mit 404 beantwortet, etwa Ordner und Versionen anlegen, Batches und Kopien von
    Objekten, und Derivate zum Herunterladen
Mit einem Seed wiederholen sich IDs, Tokens und Geheimnisse; IDs in Fehlermeldungen und Zertifikate nicht.`,
    badBehaviour: '--behaviour ist nicht gültig. {{detail}}',
    cannotListen: 'Dort kann kein Simulator lauschen: {{detail}}. Wählen Sie einen anderen Port.',
    badTime: '--time braucht eine Zeit wie 2026-01-01T00:00:00Z, nicht "{{text}}".',
    badJson: '{{option}} braucht JSON wie {{example}}, nicht "{{text}}". Siehe: ringback sandbox --help',
    running: 'Die Simulatoren laufen, bis sie abgebrochen werden.',
    control: 'Steuerungsendpunkt',
    clientId: 'Client-ID',
    clientSecret: 'Client Secret',
    publicClientId: 'Client-ID ohne Geheimnis',
    username: 'Benutzername',
    apiKey: 'API-Schlüssel',
    password: 'Passwort',
  },
};
