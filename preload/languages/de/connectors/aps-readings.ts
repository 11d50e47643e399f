import type { MessageCatalogue, MessageParameters } from '../../index.ts';
import { called, joinParts, titleWithName } from '../../index.ts';

const fileChanges: Readonly<Record<string, string>> = {
  added: 'hinzugefügt',
  changed: 'geändert',
  hidden: 'ausgeblendet oder gelöscht',
  deleted: 'gelöscht',
  moved: 'verschoben',
  movedAway: 'wegverschoben',
  copied: 'kopiert',
  copiedElsewhere: 'anderswohin kopiert',
  locked: 'gesperrt',
  unlocked: 'entsperrt',
  details: 'Angaben geändert',
  failed: 'konnte nicht verarbeitet werden',
  processed: 'verarbeitet',
  waiting: 'wartet auf Verarbeitung',
  processing: 'wird verarbeitet',
  viewFailed: 'die Ansicht konnte nicht erstellt werden',
  viewing: 'die Ansicht wird erstellt',
  published: 'veröffentlicht',
};
const folderChanges: Readonly<Record<string, string>> = {
  hidden: 'ausgeblendet oder gelöscht',
  'dm.folder.added': 'hinzugefügt',
  'dm.folder.modified': 'geändert',
  'dm.folder.deleted': 'gelöscht',
  'dm.folder.purged': 'endgültig gelöscht',
  'dm.folder.moved': 'verschoben',
  'dm.folder.moved.out': 'wegverschoben',
  'dm.folder.copied': 'kopiert',
  'dm.folder.copied.out': 'anderswohin kopiert',
};
const modelStates: Readonly<Record<string, string>> = {
  PUBLISHING_PENDING: 'Veröffentlichung eingereiht',
  PUBLISHING_IN_PROGRESS: 'Veröffentlichung begonnen',
  SYNC_START: 'Synchronisierung begonnen',
  SYNC_COMPLETE: 'synchronisiert',
  'model.sync': 'wird synchronisiert',
  'model.publish': 'wird veröffentlicht',
};
const itemChanges: Readonly<Record<string, string>> = {
  'item.clone': 'geklont',
  'item.create': 'angelegt',
  'item.lock': 'gesperrt',
  'item.release': 'freigegeben',
  'item.unlock': 'entsperrt',
  'item.update': 'aktualisiert',
  'workflow.transition': 'Schritt im Workflow ausgeführt',
};
const changes: Readonly<Record<string, string>> = {
  created: 'erstellt',
  updated: 'aktualisiert',
  deleted: 'gelöscht',
  closed: 'geschlossen',
  changed: 'geändert',
  restored: 'wiederhergestellt',
  unlinked: 'getrennt',
};
const operationStates: Readonly<Record<string, string>> = {
  started: 'begonnen',
  finished: 'beendet',
  failed: 'fehlgeschlagen',
};
const translationStates: Readonly<Record<string, string>> = {
  finished: 'fertig',
  failed: 'fehlgeschlagen',
  timedOut: 'dauerte zu lange',
  queued: 'eingereiht',
  inProgress: 'läuft',
  ended: 'beendet',
};

function changeOf({ change }: MessageParameters): string {
  return changes[String(change)] ?? String(change);
}

function fileChange({ change, version, folder, who }: MessageParameters): string {
  const what = `${version ? `Version ${version} ` : ''}${fileChanges[String(change)] ?? change}`;
  return `${what}${folder ? ` nach ${folder}` : ''}${who ? ` von ${who}` : ''}`;
}

function modelState({ state }: MessageParameters): string {
  return modelStates[String(state)] ?? (String(state).toLowerCase().replaceAll('_', ' ') || 'geändert');
}

function translationState({ state, status }: MessageParameters): string {
  return `${translationStates[String(state)] ?? state}${status ? ` (${status})` : ''}`;
}

/** Titles and summaries of events of Autodesk Platform Services, in German. */
export const readingMessages: MessageCatalogue = {
  apsTitles: {
    file: (p) => `${called('Datei', p)}: ${fileChange(p)}`,
    folder: (p) =>
      `${p.name ? `Ordner ${p.name}` : called('Ordner', p)}: ${folderChanges[String(p.change)] ?? 'geändert'}`,
    operation: (p) =>
      `${p.operation || 'Ordnervorgang'} ${operationStates[String(p.state)] ?? p.state}: ${called('Ordner', p)}`,
    translation: (p) => `Übersetzung ${translationState(p)}: ${called('Datei', p)}`,
    model: (p) => `${called('Revit-Modell', p)}: ${modelState(p)}`,
    item: (p) => `${called('Artikel', p)}: ${itemChanges[String(p.change)] ?? 'geändert'}`,
    clonedItem: (p) => `${p.copy}: geklont von ${called('Artikel', p)}`,
    issue: (p) => `${called('Issue', p)}: ${changeOf(p)}`,
    review: (p) => `${called('Review', p)}: ${changeOf(p)}`,
    reviewNotCreated: (p) => `${called('Review', p)}: konnte nicht erstellt werden`,
    bid: (p) => `${called('Angebot', p)}: ${changeOf(p)}`,
    opportunity: (p) => `${called('Ausschreibung', p)}: ${changeOf(p)}`,
    opportunityState: (p) => `${called('Ausschreibung', p)}: jetzt ${p.state}`,
    comment: (p) => `${called('Ausschreibung', p)}: Kommentar ${changeOf(p)}`,
    known: (p, say) => titleWithName(say(`apsEvents.${p.event}`, {}) || p.title, p.name),
    unknown: (p) => titleWithName(`Unbekanntes Ereignis${p.event ? ` (${p.event})` : ''}`, p.name),
  },
  apsStages: {
    file: fileChange,
    model: modelState,
  },
  apsSummaries: {
    file: (p) => joinParts(p.place, p.size, `von ${p.who}`),
    translation: (p) => joinParts(p.place, `Workflow ${p.workflow}`, p.rest),
    model: (p) => joinParts(`Modellversion ${p.version}`, p.place),
    issue: (p) =>
      joinParts(p.status && `Status ${p.status}`, p.changed && `geändert: ${p.changed}`, p.due && `fällig ${p.due}`),
    review: (p) => joinParts(p.reason, p.round && `Runde ${p.round}`),
    item: '{{tenant}}, Arbeitsbereich {{workspace}}',
    unknown: 'Ringback kennt diese Art von Ereignis nicht; der Text ist gespeichert, wie er kam.',
  },
  apsPlurals: {
    'dm.version.added': 'Dateien hinzugefügt',
    'dm.version.modified': 'Dateien geändert',
    'dm.version.deleted': 'Dateien gelöscht',
    'dm.version.moved': 'Dateien hierher verschoben',
    'dm.version.moved.out': 'Dateien wegverschoben',
    'dm.version.copied': 'Dateien hierher kopiert',
    'dm.version.copied.out': 'Dateien anderswohin kopiert',
    'dm.lineage.reserved': 'Dateien gesperrt',
    'dm.lineage.unreserved': 'Dateien entsperrt',
    'dm.lineage.updated': 'Dateiangaben geändert',
    'dm.folder.added': 'Ordner hinzugefügt',
    'dm.folder.modified': 'Ordner geändert',
    'dm.folder.deleted': 'Ordner gelöscht',
    'dm.folder.purged': 'Ordner endgültig gelöscht',
    'dm.folder.moved': 'Ordner hierher verschoben',
    'dm.folder.moved.out': 'Ordner wegverschoben',
    'dm.folder.copied': 'Ordner hierher kopiert',
    'dm.folder.copied.out': 'Ordner anderswohin kopiert',
    'dm.operation.started': 'Ordnervorgänge begonnen',
    'dm.operation.completed': 'Ordnervorgänge beendet',
    'extraction.finished': 'Übersetzungen fertig',
    'extraction.updated': 'Übersetzungen laufen',
    'model.sync': 'Revit-Modelle synchronisiert',
    'model.publish': 'Revit-Modelle werden veröffentlicht',
    'item.create': 'Artikel angelegt',
    'item.clone': 'Artikel geklont',
    'item.update': 'Artikel aktualisiert',
    'item.lock': 'Artikel gesperrt',
    'item.unlock': 'Artikel entsperrt',
    'item.release': 'Artikel freigegeben',
    'issue.created': 'Issues erstellt',
    'issue.updated': 'Issues aktualisiert',
    'review.created': 'Reviews erstellt',
    'review.closed': 'Reviews geschlossen',
  },
};
