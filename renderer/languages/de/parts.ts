/** Texts that several pages share, in German. */
export const partsTexts = {
  common: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
    saved: 'Gespeichert',
    undo: 'Rückgängig',
    tryAgain: 'Erneut versuchen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyFailed: 'Kopieren fehlgeschlagen',
    required: 'Dieses Feld ist erforderlich.',
    loading: 'Wird geladen…',
    newRows_one: '{{count}} neu',
    newRows_other: '{{count}} neu',
  },
  mute: {
    label: 'Stummschalten…',
    labelFor: 'Stummschalten: {{name}}',
    help: 'Nur Benachrichtigungen; beim Anbieter ändert sich nichts.',
    hour: 'Eine Stunde lang',
    day: 'Einen Tag lang',
    always: 'Immer',
    silent: 'Ohne Ton',
    digest: 'In der täglichen Zusammenfassung',
    done: 'Gespeichert. Änderbar unter Einstellungen → Benachrichtigungen.',
  },
  helpLinks: {
    localtunnel: 'Über localtunnel',
    failed: 'Die Seite konnte nicht geöffnet werden',
  },
};
