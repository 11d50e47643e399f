/** Texts that several pages share, in Dutch. */
export const partsTexts = {
  common: {
    cancel: 'Annuleren',
    close: 'Sluiten',
    save: 'Opslaan',
    saved: 'Opgeslagen',
    undo: 'Ongedaan maken',
    tryAgain: 'Opnieuw proberen',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    copyFailed: 'Kopiëren mislukt',
    required: 'Dit veld is verplicht.',
    loading: 'Laden…',
    newRows_one: '{{count}} nieuw',
    newRows_other: '{{count}} nieuw',
  },
  mute: {
    label: 'Dempen…',
    labelFor: 'Dempen: {{name}}',
    help: 'Alleen meldingen; bij de provider verandert niets.',
    hour: 'Een uur lang',
    day: 'Een dag lang',
    always: 'Altijd',
    silent: 'Zonder geluid',
    digest: 'In het dagelijkse overzicht',
    done: 'Opgeslagen. Wijzig dit bij Instellingen → Meldingen.',
  },
  helpLinks: {
    localtunnel: 'Over localtunnel',
    failed: 'De pagina kon niet worden geopend',
  },
};
