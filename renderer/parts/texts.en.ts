/** Texts that several pages share, in English. */
export const partsTexts = {
  common: {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    saved: 'Saved',
    undo: 'Undo',
    tryAgain: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Couldn’t copy',
    required: 'This field is required.',
    loading: 'Loading…',
    newRows_one: '{{count}} new',
    newRows_other: '{{count}} new',
  },
  mute: {
    label: 'Mute…',
    labelFor: 'Mute: {{name}}',
    help: 'Notifications only; nothing changes at the provider.',
    hour: 'For an hour',
    day: 'For a day',
    always: 'Always',
    silent: 'Without a sound',
    digest: 'In the daily summary',
    done: 'Saved. Change it in Settings → Notifications.',
  },
  helpLinks: {
    localtunnel: 'About localtunnel',
    failed: 'Couldn’t open the page',
  },
} as const;
