import type { Catalogue, Context } from '../../engine/connector/index.ts';
import { defineTexts, messageMembers } from '../../engine/messages/index.ts';

const labels = defineTexts('apsRegions', {
  US: 'United States',
  EMEA: 'Europe, Middle East, Africa',
  AUS: 'Australia (beta)',
  CAN: 'Canada',
  DEU: 'Germany',
  IND: 'India',
  JPN: 'Japan',
  GBR: 'United Kingdom',
});

/** The regions in which Autodesk stores data (Webhooks API and Model Derivative references). */
export const regions: Catalogue['regions'] = Object.entries(labels).map(([value, label]) => ({
  value,
  ...messageMembers('label', label),
}));

/** The region of a hook, otherwise that of the connection. */
export function regionOf({ settings }: Context, region?: string): string {
  return region || settings.region || 'US';
}
