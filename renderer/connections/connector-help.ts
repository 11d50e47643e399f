import type { LinkId } from '../../preload/contract.ts';

const beforeConnecting: Readonly<Record<string, readonly LinkId[]>> = {
  'aps-webhooks': ['autodesk-portal', 'autodesk-integrations'],
  'aps-manufacturing': ['autodesk-portal'],
};

/** Help pages worth reading before the form of this connector is filled in. */
export function helpOf(connector: string | undefined): readonly LinkId[] {
  return beforeConnecting[connector ?? ''] ?? [];
}

/** Help pages worth reading before a hook is registered with this connector. */
export function hookHelpOf(connector: string | undefined): readonly LinkId[] {
  return connector === 'aps-webhooks' ? ['autodesk-webhooks'] : [];
}
