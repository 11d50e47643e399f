import type { LinkId } from '../../preload/contract.ts';

const links: Readonly<Record<string, readonly LinkId[]>> = {
  'aps-webhooks': ['autodesk-portal', 'autodesk-integrations'],
  'aps-manufacturing': ['autodesk-portal'],
};

/** Help pages worth reading before the form of this connector is filled in. */
export function helpOf(connector: string | undefined): readonly LinkId[] {
  return links[connector ?? ''] ?? [];
}
