export { withCopies } from './copies.ts';
export { repairSettingsFile, type SettingsDamage } from './repair.ts';
