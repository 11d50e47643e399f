import type { Catalogue } from '../../engine/connector/index.ts';
import { regions } from '../aps/index.ts';
import { constructionSystems } from './catalogue-construction.ts';
import { entries, pattern, type System } from './catalogue-entry.ts';

const folder = {
  key: 'folder',
  label: 'Folder',
  help: 'URN of a folder; everything below it counts too. A whole project is its top folder, "Project Files".',
  example: 'urn:adsk.wipprod:fs.folder:co.ExampleFolder0000000001',
  pick: ['project' as const, 'folder' as const],
};

const dataManagement: System = {
  system: 'data',
  title: 'Files and folders (Data Management)',
  help: 'ACC, BIM 360, Fusion Team. An account administrator must add the client ID as a custom integration.',
  scopes: [folder],
  events: entries(
    ['folder'],
    [
      ['dm.version.added', 'File version added', 'Also the first version of a new file.'],
      ['dm.version.modified', 'File version changed', 'Also by internal processing: several come after each upload.'],
      ['dm.version.deleted', 'File deleted', 'A deletion in the browser may come as a change to "hidden" instead.'],
      ['dm.version.moved', 'File moved here'],
      ['dm.version.moved.out', 'File moved away'],
      ['dm.version.copied', 'File copied here'],
      ['dm.version.copied.out', 'File copied elsewhere'],
      ['dm.lineage.reserved', 'File locked'],
      ['dm.lineage.unreserved', 'File unlocked'],
      ['dm.lineage.updated', 'File details changed'],
      ['dm.folder.added', 'Folder added'],
      [
        'dm.folder.modified',
        'Folder changed',
        'Renaming, moving, deleting and restoring in the browser usually come as this.',
      ],
      ['dm.folder.deleted', 'Folder deleted'],
      ['dm.folder.purged', 'Folder removed for good'],
      ['dm.folder.moved', 'Folder moved here'],
      ['dm.folder.moved.out', 'Folder moved away'],
      ['dm.folder.copied', 'Folder copied here'],
      ['dm.folder.copied.out', 'Folder copied elsewhere'],
      ['dm.operation.started', 'Long folder operation started'],
      ['dm.operation.completed', 'Long folder operation completed'],
      ['dm.version.*', 'Everything about file versions', pattern],
      ['dm.lineage.*', 'Everything about locks and details', pattern],
      ['dm.folder.*', 'Everything about folders', pattern],
      ['dm.operation*', 'Everything about long operations', pattern],
      ['dm.*', 'Everything about files and folders', pattern],
    ],
  ),
};

const derivative: System = {
  system: 'derivative',
  title: 'Translations (Model Derivative)',
  help: 'The job must carry the same workflow id (misc.workflow), and the hook must exist before the job.',
  scopes: [
    {
      key: 'workflow',
      label: 'Workflow id',
      help: 'Your own word for a group of jobs: up to 36 letters, digits and hyphens.',
      example: 'nightly-svf2',
    },
  ],
  events: entries(
    ['workflow'],
    [
      ['extraction.finished', 'Translation finished', 'Whatever its result.'],
      ['extraction.updated', 'Translation in progress'],
      ['extraction.*', 'Everything about translations', pattern],
    ],
  ),
};

const revit: System = {
  system: 'adsk.c4r',
  title: 'Revit cloud models (Cloud Worksharing)',
  scopes: [folder],
  events: entries(
    ['folder'],
    [
      ['model.sync', 'Revit model synchronised'],
      ['model.publish', 'Revit model publishing', 'Queued or started. When it is finished, a file version is added.'],
      ['model.*', 'Everything about Revit cloud models', pattern],
    ],
  ),
};

const fusionManage: System = {
  system: 'adsk.flc.production',
  title: 'Fusion Manage',
  scopes: [
    {
      key: 'workspace',
      label: 'Workspace',
      help: 'URN of the workspace: tenant and workspace number.',
      example: 'urn:adsk.plm:tenant.workspace:TENANT.57',
    },
    {
      key: 'workflow.transition',
      label: 'Workflow transition',
      help: 'URN of one transition; only for workflow.transition.',
      example: 'urn:adsk.plm:tenant.workspace.workflow.transition:TENANT.721.1.12',
    },
  ],
  events: [
    ...entries(
      ['workspace'],
      [
        ['item.create', 'Item created'],
        ['item.clone', 'Item cloned'],
        ['item.update', 'Item updated'],
        ['item.lock', 'Item locked'],
        ['item.unlock', 'Item unlocked'],
        ['item.release', 'Item released'],
        ['item.*', 'Everything about items', pattern],
      ],
    ),
    ...entries(['workflow.transition'], [['workflow.transition', 'Workflow transition taken']]),
  ],
};

const tandem: System = {
  system: 'adsk.tandem',
  title: 'Tandem',
  scopes: [
    {
      key: 'twinUrn',
      label: 'Facility',
      help: 'URN of the facility. For a single model type the key its page names.',
      example: 'urn:adsk.dtt:ExampleFacility000001',
    },
  ],
  events: entries(
    ['twinUrn'],
    [
      ['dt.alert', 'Tandem alert'],
      ['dt.mutation', 'Tandem data changed'],
      ['dt.applyTemplate', 'Tandem template applied'],
      ['dt.removeTemplate', 'Tandem template removed'],
    ],
  ),
};

const upchain: System[] = ['adsk.upchain.live', 'adsk.upchain.eap'].map((system) => ({
  system,
  title: system === 'adsk.upchain.live' ? 'Upchain' : 'Upchain (early access)',
  help: 'Named in older pages only.',
  scopes: [],
  events: entries(
    [],
    [
      ['cr.created', 'Change request created'],
      ['item.created', 'Upchain item created'],
    ],
  ),
}));

/** Every system, scope and event the documentation of the Webhooks API names. */
export const catalogue: Catalogue = {
  systems: [dataManagement, derivative, revit, fusionManage, ...constructionSystems, tandem, ...upchain],
  regions,
};
