import type { MessageCatalogue, MessageParameters } from '../../index.ts';
import { called, joinParts, titleWithName } from '../../index.ts';

const fileChanges: Readonly<Record<string, string>> = {
  added: 'toegevoegd',
  changed: 'gewijzigd',
  hidden: 'verborgen of verwijderd',
  deleted: 'verwijderd',
  moved: 'verplaatst',
  movedAway: 'weggehaald',
  copied: 'gekopieerd',
  copiedElsewhere: 'elders heen gekopieerd',
  locked: 'vergrendeld',
  unlocked: 'ontgrendeld',
  details: 'gegevens gewijzigd',
  failed: 'kon niet worden verwerkt',
  processed: 'verwerkt',
  waiting: 'wacht op verwerking',
  processing: 'wordt verwerkt',
  viewFailed: 'de weergave kon niet worden gemaakt',
  viewing: 'de weergave wordt gemaakt',
  published: 'gepubliceerd',
};
const folderChanges: Readonly<Record<string, string>> = {
  hidden: 'verborgen of verwijderd',
  'dm.folder.added': 'toegevoegd',
  'dm.folder.modified': 'gewijzigd',
  'dm.folder.deleted': 'verwijderd',
  'dm.folder.purged': 'definitief verwijderd',
  'dm.folder.moved': 'verplaatst',
  'dm.folder.moved.out': 'weggehaald',
  'dm.folder.copied': 'gekopieerd',
  'dm.folder.copied.out': 'elders heen gekopieerd',
};
const modelStates: Readonly<Record<string, string>> = {
  PUBLISHING_PENDING: 'publiceren in de wachtrij',
  PUBLISHING_IN_PROGRESS: 'publiceren begonnen',
  SYNC_START: 'synchroniseren begonnen',
  SYNC_COMPLETE: 'gesynchroniseerd',
  'model.sync': 'wordt gesynchroniseerd',
  'model.publish': 'wordt gepubliceerd',
};
const itemChanges: Readonly<Record<string, string>> = {
  'item.clone': 'gekloond',
  'item.create': 'aangemaakt',
  'item.lock': 'vergrendeld',
  'item.release': 'vrijgegeven',
  'item.unlock': 'ontgrendeld',
  'item.update': 'bijgewerkt',
  'workflow.transition': 'stap in de workflow gezet',
};
const changes: Readonly<Record<string, string>> = {
  created: 'aangemaakt',
  updated: 'bijgewerkt',
  deleted: 'verwijderd',
  closed: 'gesloten',
  changed: 'gewijzigd',
  restored: 'hersteld',
  unlinked: 'losgekoppeld',
};
const operationStates: Readonly<Record<string, string>> = {
  started: 'begonnen',
  finished: 'voltooid',
  failed: 'mislukt',
};
const translationStates: Readonly<Record<string, string>> = {
  finished: 'klaar',
  failed: 'mislukt',
  timedOut: 'duurde te lang',
  queued: 'in de wachtrij',
  inProgress: 'bezig',
  ended: 'afgelopen',
};

function changeOf({ change }: MessageParameters): string {
  return changes[String(change)] ?? String(change);
}

function fileChange({ change, version, folder, who }: MessageParameters): string {
  const what = `${version ? `versie ${version} ` : ''}${fileChanges[String(change)] ?? change}`;
  return `${what}${folder ? ` naar ${folder}` : ''}${who ? ` door ${who}` : ''}`;
}

function modelState({ state }: MessageParameters): string {
  return modelStates[String(state)] ?? (String(state).toLowerCase().replaceAll('_', ' ') || 'gewijzigd');
}

function translationState({ state, status }: MessageParameters): string {
  return `${translationStates[String(state)] ?? state}${status ? ` (${status})` : ''}`;
}

/** Titles and summaries of events of Autodesk Platform Services, in Dutch. */
export const readingMessages: MessageCatalogue = {
  apsTitles: {
    file: (p) => `${called('Bestand', p)}: ${fileChange(p)}`,
    folder: (p) => `${p.name ? `Map ${p.name}` : called('Map', p)}: ${folderChanges[String(p.change)] ?? 'gewijzigd'}`,
    operation: (p) =>
      `${p.operation || 'Mapbewerking'} ${operationStates[String(p.state)] ?? p.state}: ${called('Map', p)}`,
    translation: (p) => `Vertaling ${translationState(p)}: ${called('bestand', p)}`,
    model: (p) => `${called('Revit-model', p)}: ${modelState(p)}`,
    item: (p) => `${called('Item', p)}: ${itemChanges[String(p.change)] ?? 'gewijzigd'}`,
    clonedItem: (p) => `${p.copy}: gekloond van ${called('Item', p)}`,
    issue: (p) => `${called('Issue', p)}: ${changeOf(p)}`,
    review: (p) => `${called('Review', p)}: ${changeOf(p)}`,
    reviewNotCreated: (p) => `${called('Review', p)}: kon niet worden aangemaakt`,
    bid: (p) => `${called('Offerte', p)}: ${changeOf(p)}`,
    opportunity: (p) => `${called('Kans', p)}: ${changeOf(p)}`,
    opportunityState: (p) => `${called('Kans', p)}: nu ${p.state}`,
    comment: (p) => `${called('Kans', p)}: opmerking ${changeOf(p)}`,
    known: (p, say) => titleWithName(say(`apsEvents.${p.event}`, {}) || p.title, p.name),
    unknown: (p) => titleWithName(`Onbekende gebeurtenis${p.event ? ` (${p.event})` : ''}`, p.name),
  },
  apsStages: {
    file: fileChange,
    model: modelState,
  },
  apsSummaries: {
    file: (p) => joinParts(p.place, p.size, `door ${p.who}`),
    translation: (p) => joinParts(p.place, `Workflow ${p.workflow}`, p.rest),
    model: (p) => joinParts(`Modelversie ${p.version}`, p.place),
    issue: (p) =>
      joinParts(
        p.status && `Status ${p.status}`,
        p.changed && `gewijzigd: ${p.changed}`,
        p.due && `uiterlijk ${p.due}`,
      ),
    review: (p) => joinParts(p.reason, p.round && `Ronde ${p.round}`),
    item: '{{tenant}}, werkruimte {{workspace}}',
    unknown: 'Ringback kent dit soort gebeurtenis niet; de tekst is opgeslagen zoals die kwam.',
  },
  apsPlurals: {
    'dm.version.added': 'bestanden toegevoegd',
    'dm.version.modified': 'bestanden gewijzigd',
    'dm.version.deleted': 'bestanden verwijderd',
    'dm.version.moved': 'bestanden hierheen verplaatst',
    'dm.version.moved.out': 'bestanden weggehaald',
    'dm.version.copied': 'bestanden hierheen gekopieerd',
    'dm.version.copied.out': 'bestanden elders heen gekopieerd',
    'dm.lineage.reserved': 'bestanden vergrendeld',
    'dm.lineage.unreserved': 'bestanden ontgrendeld',
    'dm.lineage.updated': 'bestandsgegevens gewijzigd',
    'dm.folder.added': 'mappen toegevoegd',
    'dm.folder.modified': 'mappen gewijzigd',
    'dm.folder.deleted': 'mappen verwijderd',
    'dm.folder.purged': 'mappen definitief verwijderd',
    'dm.folder.moved': 'mappen hierheen verplaatst',
    'dm.folder.moved.out': 'mappen weggehaald',
    'dm.folder.copied': 'mappen hierheen gekopieerd',
    'dm.folder.copied.out': 'mappen elders heen gekopieerd',
    'dm.operation.started': 'mapbewerkingen begonnen',
    'dm.operation.completed': 'mapbewerkingen voltooid',
    'extraction.finished': 'vertalingen klaar',
    'extraction.updated': 'vertalingen bezig',
    'model.sync': 'Revit-modellen gesynchroniseerd',
    'model.publish': 'Revit-modellen worden gepubliceerd',
    'item.create': 'items aangemaakt',
    'item.clone': 'items gekloond',
    'item.update': 'items bijgewerkt',
    'item.lock': 'items vergrendeld',
    'item.unlock': 'items ontgrendeld',
    'item.release': 'items vrijgegeven',
    'issue.created': 'issues aangemaakt',
    'issue.updated': 'issues bijgewerkt',
    'review.created': 'reviews aangemaakt',
    'review.closed': 'reviews gesloten',
  },
};
