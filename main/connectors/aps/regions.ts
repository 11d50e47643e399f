import type { Catalogue, Context } from '../../engine/connector/index.ts';

/** The regions in which Autodesk keeps data (Webhooks API and Model Derivative references). */
export const regions: Catalogue['regions'] = [
  { value: 'US', label: 'United States' },
  { value: 'EMEA', label: 'Europe, Middle East, Africa' },
  { value: 'AUS', label: 'Australia (beta)' },
  { value: 'CAN', label: 'Canada' },
  { value: 'DEU', label: 'Germany' },
  { value: 'IND', label: 'India' },
  { value: 'JPN', label: 'Japan' },
  { value: 'GBR', label: 'United Kingdom' },
];

/** The region of a hook, else the connection's own. */
export function regionOf({ settings }: Context, region?: string): string {
  return region || settings.region || 'US';
}
