/** Texts of the diagnosis, the inactivity alert and the checks for missed events, in German. */
export const doctorTexts = {
  doctor: {
    button: 'Diagnose',
    title: 'Diagnose',
    running: 'Prüfungen laufen, eine Testzustellung wird gesendet…',
    again: 'Erneut ausführen',
    copy: 'Bericht kopieren (enthält keine Geheimnisse)',
    state: { good: 'In Ordnung:', bad: 'Problem:', unsure: 'Unsicher:' },
  },
  inactivity: {
    label: 'Warnen, wenn keine Ereignisse eintreffen',
    usual: 'länger als üblich',
    never: 'nie',
    hours_one: '{{count}} Stunde lang',
    hours_other: '{{count}} Stunden lang',
    days_one: '{{count}} Tag lang',
    days_other: '{{count}} Tage lang',
    rate: 'Meist {{perDay}} Ereignisse pro Tag.',
    noRate: 'Noch nicht genug Verlauf.',
    exceeded: 'Seit längerer Zeit als dieser keine Ereignisse.',
  },
  recovery: {
    title_one: '{{count}} Unterbrechung auf verpasste Ereignisse geprüft',
    title_other: '{{count}} Unterbrechungen auf verpasste Ereignisse geprüft',
    span: '{{from}} bis {{to}}:',
    found: 'gefunden: {{text}}.',
    none: 'keine verpassten Ereignisse gefunden.',
    unchecked: '{{hook}}: {{reason}}',
    removedHook: 'Gelöschter Hook',
  },
};
