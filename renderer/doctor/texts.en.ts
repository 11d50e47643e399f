/** Texts of the diagnosis, the inactivity alert and the checks for missed events, in English. */
export const doctorTexts = {
  doctor: {
    button: 'Diagnose',
    title: 'Diagnosis',
    running: 'Running checks and sending a test delivery…',
    again: 'Run again',
    copy: 'Copy report (contains no secrets)',
    state: { good: 'OK:', bad: 'Problem:', unsure: 'Uncertain:' },
  },
  inactivity: {
    label: 'Alert me when no events arrive',
    usual: 'for longer than usual',
    never: 'never',
    hours_one: 'for {{count}} hour',
    hours_other: 'for {{count}} hours',
    days_one: 'for {{count}} day',
    days_other: 'for {{count}} days',
    rate: 'Usually {{perDay}} events per day.',
    noRate: 'Not enough history yet.',
    exceeded: 'No events for longer than that.',
  },
  recovery: {
    title_one: 'Checked {{count}} outage for missed events',
    title_other: 'Checked {{count}} outages for missed events',
    span: '{{from}} to {{to}}:',
    found: 'found {{text}}.',
    none: 'no missed events found.',
    unchecked: '{{hook}}: {{reason}}',
    removedHook: 'Deleted hook',
  },
} as const;
