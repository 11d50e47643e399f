import type { MessageCatalogue } from '../../index.ts';

/** Labels of forms and systems of Autodesk's services, in Dutch. */
export const apsTexts: MessageCatalogue = {
  apsFields: {
    kind: 'Aanmelden als',
    'kind.app': 'De app zelf, met client secret (2-legged)',
    'kind.user': 'Jij, via een app met client secret (3-legged)',
    'kind.public': 'Jij, via een app zonder client secret (PKCE)',
    'kind.help':
      'De app ziet alleen gegevens die met de app zijn gedeeld; jij ziet je eigen gegevens. Hooks horen bij wie ze heeft gemaakt.',
    clientId: 'Client-ID',
    'clientId.help': 'Van je app in het ontwikkelaarsportaal, aps.autodesk.com/myapps.',
    clientSecret: 'Client secret',
    'clientSecret.help': 'Staat in het portaal naast de client-ID. Wordt versleuteld opgeslagen en nooit meer getoond.',
    redirectPort: 'Poort voor het aanmelden',
    'redirectPort.help':
      'Lokale poort waar de browser na het aanmelden terugkeert. Laat het veld leeg, of kies een andere poort en registreer de URL ervan.',
    baseUrl: 'Basis-URL',
    'baseUrl.help': 'Laat dit zoals het is, tenzij je een simulator van Autodesk gebruikt.',
  },
  apsRegions: {
    US: 'Verenigde Staten',
    EMEA: 'Europa, Midden-Oosten, Afrika',
    AUS: 'Australië (bèta)',
    CAN: 'Canada',
    DEU: 'Duitsland',
    IND: 'India',
    JPN: 'Japan',
    GBR: 'Verenigd Koninkrijk',
  },
  apsLinks: {
    portal: 'Waar je client-ID en client secret vindt',
    integrations: 'De app toegang tot een account geven',
    webhooks: 'Over deze webhooks',
  },
  apsSystems: {
    data: 'Bestanden en mappen (Data Management)',
    'data.help': 'ACC, BIM 360, Fusion Team. Een accountbeheerder moet de client-ID als custom integration toevoegen.',
    derivative: 'Vertalingen (Model Derivative)',
    'derivative.help':
      'De taak moet dezelfde workflow-ID hebben (misc.workflow), en de hook moet er eerder zijn dan de taak.',
    'adsk.c4r': 'Revit-cloudmodellen (Cloud Worksharing)',
    'adsk.flc.production': 'Fusion Manage',
    'autodesk.construction.issues': 'Issues (ACC)',
    'autodesk.construction.reviews': 'Reviews (ACC)',
    'autodesk.construction.reviews.help':
      'Autodesk stuurt deze alleen naar een aangemelde gebruiker, niet naar een app alleen.',
    'autodesk.construction.bc': 'BuildingConnected',
    'autodesk.construction.cost': 'Kosten (ACC, BIM 360)',
    'adsk.tandem': 'Tandem',
    'adsk.upchain.live': 'Upchain',
    'adsk.upchain.live.help': 'Alleen op oudere pagina’s genoemd.',
    'adsk.upchain.eap': 'Upchain (early access)',
    'adsk.upchain.eap.help': 'Alleen op oudere pagina’s genoemd.',
  },
  apsScopes: {
    folder: 'Map',
    'folder.help':
      'URN van een map; alles eronder telt mee. Een heel project is de bovenste map ervan, “Project Files”.',
    workflow: 'Workflow-ID',
    'workflow.help': 'Je eigen woord voor een groep taken: maximaal 36 letters, cijfers en koppeltekens.',
    workspace: 'Workspace',
    'workspace.help': 'URN van de workspace: tenant en nummer van de workspace.',
    'workflow.transition': 'Workflow-overgang',
    'workflow.transition.help': 'URN van één overgang; alleen voor workflow.transition.',
    project: 'Project-ID',
    'project.help': 'De ID van het project, zonder “b.” ervoor.',
    companyId: 'Bedrijfs-ID',
    'companyId.help': 'Je bedrijf in BuildingConnected.',
    account: 'Account-ID',
    'account.help': 'De ID van het account, zonder “b.” ervoor; alleen voor project.initialized-1.0.',
    facility: 'Faciliteit',
    'facility.help': 'URN van de faciliteit. Voor één modeltype de sleutel die op de pagina ervan staat.',
  },
};
