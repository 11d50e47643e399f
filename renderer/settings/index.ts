export { SettingsPage } from './page.ts';
export { settingsTexts } from './texts.en.ts';
