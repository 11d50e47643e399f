import type { BrowseKind, BrowseNode, BrowsePage, Input, Problem } from '../../../preload/contract/index.ts';

const pageSize = 200;

/** Answers `browse.children` out of a small account: a hub of 450 projects, one refused folder, one that is empty. */
export function browseReply({ node = '', page = '0' }: Input<'browse.children'>): BrowsePage {
  const nodes = under(node);
  const start = Number(page) * pageSize;
  const isMore = start + pageSize < nodes.length;
  return {
    nodes: nodes.slice(start, start + pageSize),
    ...(isMore ? { next: String(Number(page) + 1) } : {}),
    notes: node === '' ? [provisioning] : [],
  };
}

const provisioning = {
  text: 'Something is left out here. Where an account is missing, your client id (kA3…) is not provisioned in it: an administrator adds it under Custom Integrations.',
  link: 'autodesk-integrations',
} as const;

function under(id: string): readonly BrowseNode[] {
  switch (id) {
    case '':
      return [node('hub', 'Example Construction', 'US', 'ACC, BIM 360 · US'), node('hub', 'Example Europe', 'EMEA')];
    case 'Example Construction':
      return [node('project', 'Tower', 'US', 'ACC'), node('project', 'Bridge', 'US', 'ACC')];
    case 'Example Europe':
      return Array.from({ length: 450 }, (_, index) => node('project', `Site ${index + 1}`, 'EMEA'));
    case 'Tower':
      return [node('folder', 'Project Files', 'US')];
    case 'Project Files':
      return [node('folder', 'Structural', 'US'), node('folder', 'Locked', 'US'), node('item', 'Plan.pdf', 'US')];
    case 'Locked':
      throw { code: 'not-found', message: 'This folder is not there any more.' } satisfies Problem;
    default:
      return [];
  }
}

function node(kind: BrowseKind, name: string, region: string, detail?: string): BrowseNode {
  return {
    id: name,
    kind,
    name,
    expandable: true,
    region,
    ...(detail ? { detail } : {}),
    ...(kind === 'project' || kind === 'folder' ? { scope: { folder: `urn:adsk.wip:fs.folder:co.${name}` } } : {}),
  };
}
