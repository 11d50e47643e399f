import type { MessageCatalogue } from '../../../../preload/languages/index.ts';

/** The simulators, in Dutch. */
export const sandboxMessages: MessageCatalogue = {
  cliSandbox: {
    description: 'Simulators van Autodesk Platform Services en Autoflex10 draaien, om je eigen programma’s te testen',
    port: 'van het besturingspunt; een vrije als het ontbreekt',
    apsPort: 'van Autodesk Platform Services',
    autoflexPort: 'van Autoflex10',
    seed: 'telkens dezelfde id’s, tokens en geheimen',
    time: 'de tijd om mee te beginnen, zoals 2026-01-01T00:00:00Z',
    fault: 'een storing vanaf het begin; mag vaker voorkomen',
    behaviour: 'hoe de diensten zich gedragen, vanaf het begin en na elke reset',
    remarks: `Toont waar ze zijn en wie zich mag aanmelden, met --json als één regel JSON, en antwoordt dan tot je het onderbreekt.
Een storing is JSON: {"service":"aps" of "autoflex","method","path","times","status","retryAfter","body","cut","hang"}.
Gedrag is JSON: {"aps":{"tokenLifetime":60,"hubs":"none"},"autoflex":{"order":{"notReady":2}}}; alleen wat is genoemd, wijzigt.

Besturingspunt, overal JSON:
  GET  /           de adressen, wie zich mag aanmelden, de tijd
  POST /reset      {}: vergeet alles wat is gebeurd; poorten blijven, en met --seed ook al het andere
  POST /clock      {"time":"2026-01-01T00:00:00Z"} of {"advance":3600} (seconden)
  POST /faults     een storing, zie boven
  GET  /behaviour  hoe de diensten zich gedragen: elke naam met zijn waarde
  POST /behaviour  wijzigt dat tot de volgende reset, zie boven; een naam of waarde die niet bestaat, krijgt 400 als antwoord
Wat in de cloud gebeurt, wat is gevraagd en wat is teruggemeld: POST en GET /sandbox van elke simulator.

Wat niet wordt gesimuleerd:
  - rechten van personen, accounts en projecten: wie is aangemeld, mag het ene project zien dat er is
  - limieten en uitval, tenzij een storing ze vraagt
  - het werk zelf: vertalingen en back-ups eindigen met verzonnen inhoud; een modelweergave heeft twee verzonnen objecten
  - bestanden in projecten hebben geen bytes; objecten in buckets wel, in het geheugen, in delen van hoogstens 64 MB, en S3 is op
    /s3 van dezelfde poort
  - toegangstokens zijn geen JWT’s; ID-tokens wel, ondertekend met een sleutel per keer dat het draait
  - timers volgen de klok van de computer: de tijd verzetten beëindigt tokens, links en hooks, maar versnelt geen nieuwe poging
  - alle diensten van Autodesk: wat ontbreekt, krijgt 404 als antwoord, zoals mappen en versies aanmaken, batches en kopieën van
    objecten, en afgeleiden om te downloaden
Met een seed herhalen id’s, tokens en geheimen zich; id’s in foutmeldingen en certificaten niet.`,
    badBehaviour: '--behaviour is niet geldig. {{detail}}',
    cannotListen: 'Daar kan geen simulator luisteren: {{detail}}. Kies een andere poort.',
    badTime: '--time heeft een tijd zoals 2026-01-01T00:00:00Z nodig, niet "{{text}}".',
    badJson: '{{option}} heeft JSON zoals {{example}} nodig, niet "{{text}}". Zie: ringback sandbox --help',
    running: 'De simulators draaien tot je ze onderbreekt.',
    control: 'Besturingspunt',
    clientId: 'client-id',
    clientSecret: 'client secret',
    publicClientId: 'client-id zonder geheim',
    username: 'gebruikersnaam',
    apiKey: 'API-sleutel',
    password: 'wachtwoord',
  },
};
