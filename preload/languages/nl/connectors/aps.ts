import type { MessageCatalogue, MessageParameters } from '../../index.ts';
import { createFormats } from '../../index.ts';

const { number, plural, choice } = createFormats('nl');

const colon = ({ detail }: MessageParameters): string => (detail ? `: ${detail}` : '');
const quotedBy = ({ detail }: MessageParameters): string => (detail ? ` Autodesk zegt: ${detail}` : '');
const oneOf = (keys: unknown): string =>
  choice(
    String(keys)
      .split(', ')
      .map((key) => `“${key}”`),
  );

const places: Readonly<Record<string, string>> = {
  hub: 'Deze hub',
  project: 'Dit project',
  folder: 'Deze map',
  file: 'Dit bestand',
  version: 'Deze versie',
};
const changes: Readonly<Record<string, string>> = {
  paused: 'kan niet worden gepauzeerd',
  filter: 'kan geen ander filter krijgen',
  attribute: 'kan geen attribuut krijgen',
};

function milestoneOf(milestone: unknown): string {
  if (!milestone) return 'Mijlpaal';
  return /^milestone\b/i.test(String(milestone)) ? String(milestone) : `Mijlpaal “${milestone}”`;
}

/** Autodesk's APIs, in Dutch. */
export const apsMessages: MessageCatalogue = {
  apsBrowse: {
    noSuchPage: 'Deze pagina bestaat niet. Open de lijst opnieuw.',
    nothingUnderVersion: 'Onder een versie zit niets.',
    gone: (p) =>
      `${places[String(p.kind)] ?? 'Dit'} bestaat niet meer, of dit account mag het niet zien. Open het niveau erboven opnieuw.`,
    notList: 'Het antwoord is geen lijst van de Data Management API. Controleer de basis-URL.',
    nothingMore: 'Deze lijst heeft geen vervolg. Open de lijst opnieuw.',
    noSuchPlace: 'Deze plaats bestaat niet. Open de lijst opnieuw.',
    leftOut: 'Autodesk heeft iets weggelaten: {{detail}}',
    elsewhere: (p) =>
      `De lijst gaat verder op ${p.host || 'een adres dat er geen is'}, waarheen de aanmelding niet wordt gestuurd. De rest wordt niet getoond.`,
    tooLong: 'De lijst is langer dan {{pages}} pagina’s. De rest wordt niet getoond.',
    notProvisioned: (p) =>
      `Je client-ID (${p.client}) is in dit account niet toegelaten: een beheerder voegt hem toe bij Custom Integrations.${quotedBy(p)}`,
    partlyProvisioned: (p) =>
      `Hier is iets weggelaten. Ontbreekt er een account, dan is je client-ID (${p.client}) daarin niet toegelaten: een beheerder voegt hem toe bij Custom Integrations.${quotedBy(p)}`,
  },
  apsDerivative: {
    formatsHelp: 'SVF2 is het formaat van de viewer van Autodesk.',
    publishingAdvice:
      'Maak een hook aan voor dm.version.added op dezelfde map om een melding te krijgen zodra de versie bestaat.',
    noFormats: 'Autodesk antwoordde met iets dat geen lijst van formaten is.',
    noManifest: 'Autodesk antwoordde met iets dat geen manifest is. Probeer het later opnieuw.',
    rejected: (p) => `Autodesk heeft de taak geweigerd (HTTP 400)${colon(p)}. Controleer de formaten en hun opties.`,
    notAllowed: (p) =>
      `Autodesk laat deze app het bestand niet vertalen (HTTP 403)${colon(p)}. Nodig zijn de Model Derivative API in het ontwikkelaarsportaal, het recht om het bestand te lezen, en tokens op het account.`,
    notFound: (p) =>
      `Het bestand is niet gevonden in de regio ${p.region} (HTTP 404)${colon(p)}. Controleer de URN, en in welke regio die staat.`,
    noSuchFormat: (p) =>
      `Autodesk kan van dit bestand geen ${p.formats} maken (HTTP 406)${colon(p)}. Kies een ander formaat.`,
    otherRunning: (p) =>
      `Een andere vertaling van dit bestand is bezig (HTTP 409)${colon(p)}. Wacht tot die klaar is en probeer het dan opnieuw.`,
    noUrn:
      'Dit is geen URN van een bestand. Plak er een als urn:adsk.objects:os.object:bucket/bestand, de URN van een versie, of de Base64 daarvan.',
    folderUrn: 'Deze URN is van een map. Vertalingen worden van bestanden gemaakt: plak de URN van een bestandsversie.',
    lineageUrn:
      'Deze URN is van een bestand met al zijn versies. Een vertaling wordt van één versie gemaakt: de URN die eindigt op ?version= en een getal.',
  },
  apsManufacturing: {
    milestone: (p) => `${milestoneOf(p.milestone)} van ${p.component}`,
    notAnnounced: 'Niet gemeld: je vroeg om “{{milestones}}”.',
    endpoint: 'GraphQL-endpoint',
    endpointHelp: 'Versie 1, tenzij je een ander noemt onder de basis-URL; versies 2 en 3 hebben geen webhooks.',
    designs: 'Fusion-ontwerpen (Manufacturing Data Model)',
    designsHelp:
      'Een hook volgt één component: de root component van een ontwerp. Hij loopt na een jaar af en wordt eerder verlengd.',
    component: 'Component',
    componentHelp: 'ID van het component dat je wilt volgen, zoals versie 1 van de API die geeft.',
    onlyNamed: 'Alleen milestones met de naam',
    onlyNamedHelp:
      'Een exacte naam, een naam met * voor willekeurige tekens, of een /reguliere expressie/. Andere worden opgeslagen, maar niet gemeld.',
    milestoneCreated: 'Milestone aangemaakt',
    milestones: (p) => plural(p.count, { one: 'milestone', other: 'milestones' }),
    wrongSystem: 'Hooks van het Manufacturing Data Model horen bij het systeem “{{system}}”.',
    wrongEvent: '“{{event}}” kan geen gebeurtenis zijn; {{example}} bijvoorbeeld wel.',
    noRegion: 'Hooks van het Manufacturing Data Model hebben geen regio.',
    noAttribute: 'Hooks van het Manufacturing Data Model hebben geen attribuut.',
    wrongScope: 'Milestone-hooks hebben het bereik “component” (en “milestone”), niet “{{scope}}”.',
    noComponent: 'Noem het component dat je wilt volgen: de ID, zonder spaties.',
    milestoneLength: 'De naam van de milestone moet 1 tot {{most}} tekens lang zijn.',
    noExpression: '“{{expression}}” is geen reguliere expressie.',
    noSuchPlace: 'Deze plaats bestaat niet. Open de lijst opnieuw.',
    leftOut: 'Autodesk heeft iets weggelaten: {{detail}}.',
    notGraphql: 'Het endpoint antwoordt niet zoals GraphQL. Controleer het adres.',
    endpointGone: (p) =>
      `Dit endpoint is niet meer bereikbaar${p.status === 403 ? ', of niet voor deze app' : ''} (HTTP ${p.status}).`,
    notAllowed: 'Autodesk staat het account dit niet toe ({{detail}}). Controleer zijn rechten.',
    rejected: (p) => `Autodesk heeft het verzoek geweigerd${colon(p)}.`,
    endpointElsewhere:
      'Het GraphQL-endpoint moet onder de basis-URL liggen ({{base}}); alleen daarheen gaat de aanmelding.',
    listedPartly: 'Niet elke hook kon worden opgehaald: {{detail}}.',
    noChanges: 'Dit endpoint wijzigt geen hooks. Maak de hook opnieuw en verwijder deze.',
    fixed: (p) =>
      `Een hook van het Manufacturing Data Model ${changes[String(p.change)]}. Verwijder hem en maak een andere.`,
    noWebhooks: 'Dit endpoint heeft geen webhooks: versies 2 en 3 van het Manufacturing Data Model hebben die niet.',
    watchVersions:
      'Wat nu al werkt: bij elk opslaan van een Fusion-ontwerp ontstaat een versie van zijn bestand. Volg de map waarin het staat.',
  },
  apsWebhooks: {
    region: 'Regio',
    regionHelp:
      'Waar nieuwe hooks komen te staan, tenzij je iets anders kiest: de regio waarin de gegevens staan. Alle regio’s worden getoond.',
    signingSecret: 'Ondertekeningsgeheim van de app',
    signingSecretHelp:
      'Alleen als je er zelf een voor de hele app hebt ingesteld (POST /tokens). Hooks die hier worden gemaakt, krijgen een eigen geheim.',
    newVersions: (p) => plural(p.count, { one: 'nieuwe versie', other: 'nieuwe versies' }),
    wrongSystemName: '“{{name}}” kan geen naam van een systeem zijn.',
    wrongEventName: '“{{name}}” kan geen naam van een gebeurtenis zijn.',
    wrongRegion: 'Er is geen regio “{{region}}”. Gebruik een van {{regions}}.',
    systemMissing: 'Noem ook het systeem van de gebeurtenis “{{event}}”, bijvoorbeeld {{example}}.',
    oneScope: 'Een hook heeft precies één bereik met een waarde nodig.',
    emptyScope: 'Het bereik “{{scope}}” heeft geen waarde.',
    wrongScope: (p) =>
      `Hooks van ${p.system} voor ${p.event} hebben het bereik ${oneOf(p.allowed)}, niet “${p.scope}”.`,
    wrongWorkflow:
      'Een workflow-ID heeft maximaal 36 letters, cijfers en koppeltekens (maximaal 35 als er punten in staan).',
    noObject: 'Het attribuut moet een JSON-object zijn.',
    reservedMember: 'Het attribuut mag geen lid “{{member}}” hebben; daaraan herkent Ringback zijn hooks.',
    longAttribute: (p) =>
      `Het attribuut is te lang: met het kenmerk van Ringback heeft het ${number(p.bytes)} bytes, en het moet onder ${number(p.most)} blijven.`,
    notListed:
      'Volgens Autodesk bestaat deze hook, maar hij staat niet in de lijst. Misschien is hij van een andere eigenaar; vernieuw de lijst en probeer het opnieuw.',
    noHooks: 'Autodesk antwoordde met iets dat geen lijst van hooks is. Probeer het later opnieuw.',
    otherRegion:
      'Wat de hook volgt staat in regio {{holding}}, de hook zelf in {{region}}. Maak hem opnieuw in {{holding}}.',
    userOnly:
      '{{system}} roept alleen hooks van een aangemelde gebruiker aan. Gebruik een verbinding waarin je zelf bent aangemeld.',
    unusualFilter:
      'Het filter is niet geschreven zoals de handleiding dat doet, $[?(…)]; misschien laat Autodesk nooit iets door.',
    projectUnknown: 'Hier is niet bekend bij welk project de map hoort. Open de map één keer via “Bladeren…”.',
    folderTooLarge: 'De map is te groot om helemaal te doorzoeken; de nieuwste delen zijn doorzocht.',
    onlyVersions: 'Nieuwe versies zijn opgevraagd; andere wijzigingen kunnen niet bij Autodesk worden opgevraagd.',
    noTranslationList:
      'Autodesk houdt geen lijst van voltooide vertalingen bij; die hier zijn gestart, zijn gecontroleerd.',
    noPublishingList:
      'Autodesk houdt niet bij wat er is gepubliceerd; een hook op nieuwe versies in de map meldt het einde.',
    cannotAsk: 'Gemiste gebeurtenissen van het soort {{event}} kunnen niet bij Autodesk worden opgevraagd.',
  },
};
