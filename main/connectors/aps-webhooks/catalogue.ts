import type { Catalogue } from '../../engine/connector/index.ts';
import { regions } from '../aps/index.ts';
import { constructionSystems } from './catalogue-construction.ts';
import { entries, type System, scope, system } from './catalogue-entry.ts';

const folder = scope('folder', {
  example: 'urn:adsk.wipprod:fs.folder:co.ExampleFolder0000000001',
  pick: ['project', 'folder'],
});

const dataManagement = system('data', {
  scopes: [folder],
  events: entries(
    ['folder'],
    [
      ...['dm.version.added', 'dm.version.modified', 'dm.version.deleted', 'dm.version.moved', 'dm.version.moved.out'],
      ...['dm.version.copied', 'dm.version.copied.out'],
      ...['dm.lineage.reserved', 'dm.lineage.unreserved', 'dm.lineage.updated'],
      ...['dm.folder.added', 'dm.folder.modified', 'dm.folder.deleted', 'dm.folder.purged'],
      ...['dm.folder.moved', 'dm.folder.moved.out', 'dm.folder.copied', 'dm.folder.copied.out'],
      ...['dm.operation.started', 'dm.operation.completed'],
      ...['dm.version.*', 'dm.lineage.*', 'dm.folder.*', 'dm.operation*', 'dm.*'],
    ],
  ),
});

const derivative = system('derivative', {
  scopes: [scope('workflow', { example: 'nightly-svf2' })],
  events: entries(['workflow'], ['extraction.finished', 'extraction.updated', 'extraction.*']),
});

const revit = system('adsk.c4r', {
  scopes: [folder],
  events: entries(['folder'], ['model.sync', 'model.publish', 'model.*']),
});

const fusionManage = system('adsk.flc.production', {
  scopes: [
    scope('workspace', { example: 'urn:adsk.plm:tenant.workspace:TENANT.57' }),
    scope('workflow.transition', {
      example: 'urn:adsk.plm:tenant.workspace.workflow.transition:TENANT.721.1.12',
    }),
  ],
  events: [
    ...entries(
      ['workspace'],
      ['item.create', 'item.clone', 'item.update', 'item.lock', 'item.unlock', 'item.release', 'item.*'],
    ),
    ...entries(['workflow.transition'], ['workflow.transition']),
  ],
});

const tandem = system('adsk.tandem', {
  scopes: [scope('twinUrn', { example: 'urn:adsk.dtt:ExampleFacility000001' }, 'facility')],
  events: entries(['twinUrn'], ['dt.alert', 'dt.mutation', 'dt.applyTemplate', 'dt.removeTemplate']),
});

const upchain: System[] = (['adsk.upchain.live', 'adsk.upchain.eap'] as const).map((name) =>
  system(name, { scopes: [], events: entries([], ['cr.created', 'item.created']) }),
);

/** All systems, scopes and events in the documentation of the Webhooks API. */
export const catalogue: Catalogue = {
  systems: [dataManagement, derivative, revit, fusionManage, ...constructionSystems, tandem, ...upchain],
  regions: [...regions],
};
