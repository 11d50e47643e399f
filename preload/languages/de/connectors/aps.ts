import type { MessageCatalogue, MessageParameters } from '../../index.ts';
import { createFormats } from '../../index.ts';

const { number, plural, choice } = createFormats('de');

const colon = ({ detail }: MessageParameters): string => (detail ? `: ${detail}` : '');
const quotedBy = ({ detail }: MessageParameters): string => (detail ? ` Autodesk meldet: ${detail}` : '');
const oneOf = (keys: unknown): string =>
  choice(
    String(keys)
      .split(', ')
      .map((key) => `„${key}“`),
  );

const places: Readonly<Record<string, string>> = {
  hub: 'Diesen Hub',
  project: 'Dieses Projekt',
  folder: 'Diesen Ordner',
  file: 'Diese Datei',
  version: 'Diese Version',
};
const changes: Readonly<Record<string, string>> = {
  paused: 'kann nicht pausiert werden',
  filter: 'kann keinen anderen Filter erhalten',
  attribute: 'kann kein Attribut erhalten',
};

function milestoneOf(milestone: unknown): string {
  if (!milestone) return 'Meilenstein';
  return /^milestone\b/i.test(String(milestone)) ? String(milestone) : `Meilenstein „${milestone}“`;
}

/** Autodesk's APIs, in German. */
export const apsMessages: MessageCatalogue = {
  apsBrowse: {
    noSuchPage: 'Diese Seite gibt es nicht. Öffnen Sie die Liste erneut.',
    nothingUnderVersion: 'Unter einer Version gibt es nichts.',
    gone: (p) =>
      `${places[String(p.kind)] ?? 'Das'} gibt es nicht mehr, oder dieses Konto darf es nicht sehen. Öffnen Sie die Ebene darüber erneut.`,
    notList: 'Die Antwort ist keine Liste der Data Management API. Prüfen Sie die Basis-URL.',
    nothingMore: 'Diese Liste hat keine Fortsetzung. Öffnen Sie sie erneut.',
    noSuchPlace: 'Diesen Ort gibt es nicht. Öffnen Sie die Liste erneut.',
    leftOut: 'Autodesk hat etwas ausgelassen: {{detail}}',
    elsewhere: (p) =>
      `Die Liste geht unter ${p.host || 'einer unbrauchbaren Adresse'} weiter, wohin die Anmeldung nicht gesendet wird. Der Rest wird nicht angezeigt.`,
    tooLong: 'Die Liste ist länger als {{pages}} Seiten. Der Rest wird nicht angezeigt.',
    notProvisioned: (p) =>
      `Ihre Client-ID (${p.client}) ist in diesem Konto nicht zugelassen: Ein Administrator fügt sie unter Custom Integrations hinzu.${quotedBy(p)}`,
    partlyProvisioned: (p) =>
      `Hier ist etwas ausgelassen. Wo ein Konto fehlt, ist Ihre Client-ID (${p.client}) darin nicht zugelassen: Ein Administrator fügt sie unter Custom Integrations hinzu.${quotedBy(p)}`,
  },
  apsDerivative: {
    formatsHelp: 'SVF2 ist das Format des Autodesk-Viewers.',
    publishingAdvice:
      'Legen Sie einen Hook für dm.version.added auf demselben Ordner an, um benachrichtigt zu werden, sobald es die Version gibt.',
    noFormats: 'Autodesk antwortete mit etwas, das keine Liste von Formaten ist.',
    noManifest: 'Autodesk antwortete mit etwas, das kein Manifest ist. Versuchen Sie es später erneut.',
    rejected: (p) =>
      `Autodesk hat den Auftrag abgelehnt (HTTP 400)${colon(p)}. Prüfen Sie die Formate und ihre Optionen.`,
    notAllowed: (p) =>
      `Autodesk lässt diese App die Datei nicht übersetzen (HTTP 403)${colon(p)}. Nötig sind die Model Derivative API im Entwicklerportal, das Recht, die Datei zu lesen, und Tokens im Konto.`,
    notFound: (p) =>
      `Die Datei wurde in der Region ${p.region} nicht gefunden (HTTP 404)${colon(p)}. Prüfen Sie die URN und in welcher Region sie liegt.`,
    noSuchFormat: (p) =>
      `Autodesk kann aus dieser Datei kein ${p.formats} erzeugen (HTTP 406)${colon(p)}. Wählen Sie ein anderes Format.`,
    otherRunning: (p) =>
      `Eine andere Übersetzung dieser Datei läuft (HTTP 409)${colon(p)}. Warten Sie, bis sie fertig ist, und versuchen Sie es dann erneut.`,
    noUrn:
      'Das ist keine URN einer Datei. Fügen Sie eine ein wie urn:adsk.objects:os.object:bucket/datei, die URN einer Version oder deren Base64.',
    folderUrn: 'Diese URN gehört zu einem Ordner. Übersetzt werden Dateien: Fügen Sie die URN einer Dateiversion ein.',
    lineageUrn:
      'Diese URN gehört zu einer Datei mit allen ihren Versionen. Übersetzt wird eine Version: die URN, die auf ?version= und eine Zahl endet.',
  },
  apsManufacturing: {
    milestone: (p) => `${milestoneOf(p.milestone)} von ${p.component}`,
    notAnnounced: 'Nicht gemeldet: Sie wollten „{{milestones}}“.',
    endpoint: 'GraphQL-Endpunkt',
    endpointHelp:
      'Version 1, wenn Sie keinen anderen unterhalb der Basis-URL angeben; die Versionen 2 und 3 haben keine Webhooks.',
    designs: 'Fusion-Entwürfe (Manufacturing Data Model)',
    designsHelp:
      'Ein Hook überwacht eine Komponente: die Stammkomponente eines Entwurfs. Er läuft nach einem Jahr ab und wird vorher verlängert.',
    component: 'Komponente',
    componentHelp: 'ID der zu überwachenden Komponente, wie Version 1 der API sie angibt.',
    onlyNamed: 'Nur Milestones mit dem Namen',
    onlyNamedHelp:
      'Ein genauer Name, ein Name mit * für beliebige Zeichen oder ein /regulärer Ausdruck/. Andere werden gespeichert, aber nicht gemeldet.',
    milestoneCreated: 'Milestone erstellt',
    milestones: (p) => plural(p.count, { one: 'Milestone', other: 'Milestones' }),
    wrongSystem: 'Hooks des Manufacturing Data Model gehören zum System „{{system}}“.',
    wrongEvent: '„{{event}}“ kann kein Ereignis sein; {{example}} zum Beispiel ist eines.',
    noRegion: 'Hooks des Manufacturing Data Model haben keine Region.',
    noAttribute: 'Hooks des Manufacturing Data Model haben kein Attribut.',
    wrongScope: 'Milestone-Hooks haben den Bereich „component“ (und „milestone“), nicht „{{scope}}“.',
    noComponent: 'Geben Sie die zu überwachende Komponente an: ihre ID, ohne Leerzeichen.',
    milestoneLength: 'Der Name des Milestones muss 1 bis {{most}} Zeichen lang sein.',
    noExpression: '„{{expression}}“ ist kein regulärer Ausdruck.',
    noSuchPlace: 'Diesen Ort gibt es nicht. Öffnen Sie die Liste erneut.',
    leftOut: 'Autodesk hat etwas ausgelassen: {{detail}}.',
    notGraphql: 'Der Endpunkt antwortet nicht wie GraphQL. Prüfen Sie seine Adresse.',
    endpointGone: (p) =>
      `Dieser Endpunkt ist nicht mehr erreichbar${p.status === 403 ? ', oder nicht für diese App' : ''} (HTTP ${p.status}).`,
    notAllowed: 'Autodesk erlaubt das dem Konto nicht ({{detail}}). Prüfen Sie seine Rechte.',
    rejected: (p) => `Autodesk hat die Anfrage abgelehnt${colon(p)}.`,
    endpointElsewhere:
      'Der GraphQL-Endpunkt muss unterhalb der Basis-URL liegen ({{base}}); nur dorthin geht die Anmeldung.',
    listedPartly: 'Nicht alle Hooks konnten abgerufen werden: {{detail}}.',
    noChanges: 'Dieser Endpunkt ändert keine Hooks. Legen Sie den Hook neu an und entfernen Sie diesen.',
    fixed: (p) =>
      `Ein Hook des Manufacturing Data Model ${changes[String(p.change)]}. Entfernen Sie ihn und legen Sie einen anderen an.`,
    noWebhooks: 'Dieser Endpunkt hat keine Webhooks: Die Versionen 2 und 3 des Manufacturing Data Model haben keine.',
    watchVersions:
      'Was heute funktioniert: Bei jedem Speichern eines Fusion-Entwurfs entsteht eine Version seiner Datei. Überwachen Sie den Ordner, in dem er liegt.',
  },
  apsWebhooks: {
    region: 'Region',
    regionHelp:
      'Wo neue Hooks liegen, wenn Sie nichts anderes wählen: die Region, in der die Daten liegen. Alle Regionen werden angezeigt.',
    signingSecret: 'Signaturgeheimnis der App',
    signingSecretHelp:
      'Nur wenn Sie selbst eines für die ganze App festgelegt haben (POST /tokens). Hier angelegte Hooks erhalten ein eigenes Geheimnis.',
    newVersions: (p) => plural(p.count, { one: 'neue Version', other: 'neue Versionen' }),
    wrongSystemName: '„{{name}}“ kann kein Systemname sein.',
    wrongEventName: '„{{name}}“ kann kein Ereignisname sein.',
    wrongRegion: 'Es gibt keine Region „{{region}}“. Verwenden Sie eine von {{regions}}.',
    systemMissing: 'Geben Sie auch das System des Ereignisses „{{event}}“ an, zum Beispiel {{example}}.',
    oneScope: 'Ein Hook braucht genau einen Bereich mit einem Wert.',
    emptyScope: 'Der Bereich „{{scope}}“ hat keinen Wert.',
    wrongScope: (p) =>
      `Hooks von ${p.system} für ${p.event} haben den Bereich ${oneOf(p.allowed)}, nicht „${p.scope}“.`,
    wrongWorkflow:
      'Eine Workflow-ID hat bis zu 36 Buchstaben, Ziffern und Bindestriche (bis zu 35, wenn Punkte darin vorkommen).',
    noObject: 'Das Attribut muss ein JSON-Objekt sein.',
    reservedMember: 'Das Attribut darf kein Element „{{member}}“ haben; daran erkennt Ringback seine Hooks.',
    longAttribute: (p) =>
      `Das Attribut ist zu lang: Mit der Kennung von Ringback hat es ${number(p.bytes)} Bytes und muss unter ${number(p.most)} bleiben.`,
    notListed:
      'Laut Autodesk gibt es diesen Hook, er steht aber nicht in der Liste. Vielleicht gehört er einem anderen Eigentümer; aktualisieren Sie die Liste und versuchen Sie es erneut.',
    noHooks: 'Autodesk antwortete mit etwas, das keine Liste von Hooks ist. Versuchen Sie es später erneut.',
    otherRegion:
      'Was der Hook überwacht, liegt in der Region {{holding}}, der Hook selbst in {{region}}. Legen Sie ihn in {{holding}} neu an.',
    userOnly:
      '{{system}} ruft nur Hooks eines angemeldeten Benutzers auf. Verwenden Sie eine Verbindung, in der Sie selbst angemeldet sind.',
    unusualFilter:
      'Der Filter ist nicht so geschrieben wie in der Anleitung, $[?(…)]; vielleicht lässt Autodesk nie etwas durch.',
    projectUnknown:
      'Hier ist nicht bekannt, zu welchem Projekt der Ordner gehört. Öffnen Sie den Ordner einmal über „Durchsuchen…“.',
    folderTooLarge: 'Der Ordner ist zu groß, um ganz durchsucht zu werden; seine neuesten Teile wurden durchsucht.',
    onlyVersions: 'Neue Versionen wurden abgefragt; andere Änderungen können bei Autodesk nicht abgefragt werden.',
    noTranslationList: 'Autodesk führt keine Liste fertiger Übersetzungen; die hier gestarteten wurden geprüft.',
    noPublishingList:
      'Autodesk führt keine Liste der Veröffentlichungen; ein Hook auf neue Versionen im Ordner meldet das Ende.',
    cannotAsk: 'Verpasste Ereignisse der Art {{event}} können bei Autodesk nicht abgefragt werden.',
  },
};
