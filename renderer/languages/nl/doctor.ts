/** Texts of the diagnosis, the inactivity alert and the checks for missed events, in Dutch. */
export const doctorTexts = {
  doctor: {
    button: 'Diagnose',
    title: 'Diagnose',
    running: 'Controles uitvoeren en een testlevering sturen…',
    again: 'Opnieuw uitvoeren',
    copy: 'Rapport kopiëren (bevat geen geheimen)',
    state: { good: 'In orde:', bad: 'Probleem:', unsure: 'Onzeker:' },
  },
  inactivity: {
    label: 'Waarschuw mij als er geen gebeurtenissen komen',
    usual: 'langer dan gewoonlijk',
    never: 'nooit',
    hours_one: '{{count}} uur lang',
    hours_other: '{{count}} uur lang',
    days_one: '{{count}} dag lang',
    days_other: '{{count}} dagen lang',
    rate: 'Meestal {{perDay}} gebeurtenissen per dag.',
    noRate: 'Nog niet genoeg geschiedenis.',
    exceeded: 'Langer dan dat zijn er geen gebeurtenissen gekomen.',
  },
  recovery: {
    title_one: '{{count}} onderbreking gecontroleerd op gemiste gebeurtenissen',
    title_other: '{{count}} onderbrekingen gecontroleerd op gemiste gebeurtenissen',
    span: '{{from}} tot {{to}}:',
    found: 'gevonden: {{text}}.',
    none: 'geen gemiste gebeurtenissen gevonden.',
    unchecked: '{{hook}}: {{reason}}',
    removedHook: 'Verwijderde hook',
  },
};
