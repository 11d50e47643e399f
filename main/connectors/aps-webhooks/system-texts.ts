import { defineTexts } from '../../engine/messages/index.ts';

/** The titles and help texts of systems, by system name. */
export const systemTexts = defineTexts('apsSystems', {
  data: 'Files and folders (Data Management)',
  'data.help': 'ACC, BIM 360, Fusion Team. An account administrator must add the client ID as a custom integration.',
  derivative: 'Translations (Model Derivative)',
  'derivative.help': 'The job must carry the same workflow id (misc.workflow), and the hook must exist before the job.',
  'adsk.c4r': 'Revit cloud models (Cloud Worksharing)',
  'adsk.flc.production': 'Fusion Manage',
  'autodesk.construction.issues': 'Issues (ACC)',
  'autodesk.construction.reviews': 'Reviews (ACC)',
  'autodesk.construction.reviews.help': 'Autodesk sends these only to a signed-in user, not to an app alone.',
  'autodesk.construction.bc': 'BuildingConnected',
  'autodesk.construction.cost': 'Cost (ACC, BIM 360)',
  'adsk.tandem': 'Tandem',
  'adsk.upchain.live': 'Upchain',
  'adsk.upchain.live.help': 'Named in older pages only.',
  'adsk.upchain.eap': 'Upchain (early access)',
  'adsk.upchain.eap.help': 'Named in older pages only.',
});

/** The labels and help texts of scope keys. */
export const scopeTexts = defineTexts('apsScopes', {
  folder: 'Folder',
  'folder.help': 'URN of a folder; everything below it counts too. A whole project is its top folder, "Project Files".',
  workflow: 'Workflow id',
  'workflow.help': 'Your own word for a group of jobs: up to 36 letters, digits and hyphens.',
  workspace: 'Workspace',
  'workspace.help': 'URN of the workspace: tenant and workspace number.',
  'workflow.transition': 'Workflow transition',
  'workflow.transition.help': 'URN of one transition; only for workflow.transition.',
  project: 'Project id',
  'project.help': 'The id of the project, without "b." in front.',
  companyId: 'Company id',
  'companyId.help': 'Your company in BuildingConnected.',
  account: 'Account id',
  'account.help': 'The id of the account, without "b." in front; only for project.initialized-1.0.',
  facility: 'Facility',
  'facility.help': 'URN of the facility. For a single model type the key its page names.',
});
