import type { MessageCatalogue } from '../../index.ts';

/** Labels of forms and systems of Autodesk's services, in German. */
export const apsTexts: MessageCatalogue = {
  apsFields: {
    kind: 'Anmelden als',
    'kind.app': 'Die App selbst, mit Client-Secret (2-legged)',
    'kind.user': 'Sie, über eine App mit Client-Secret (3-legged)',
    'kind.public': 'Sie, über eine App ohne Client-Secret (PKCE)',
    'kind.help':
      'Die App sieht nur Daten, die mit ihr geteilt wurden; Sie sehen Ihre eigenen. Hooks gehören dem, der sie angelegt hat.',
    clientId: 'Client-ID',
    'clientId.help': 'Von Ihrer App im Entwicklerportal, aps.autodesk.com/myapps.',
    clientSecret: 'Client-Secret',
    'clientSecret.help':
      'Steht im Portal neben der Client-ID. Es wird verschlüsselt gespeichert und nie wieder angezeigt.',
    redirectPort: 'Port für die Anmeldung',
    'redirectPort.help':
      'Lokaler Port, an den der Browser nach der Anmeldung zurückkehrt. Lassen Sie das Feld leer, oder wählen Sie einen anderen Port und registrieren Sie dessen URL.',
    baseUrl: 'Basis-URL',
    'baseUrl.help': 'Ändern Sie das nicht, außer Sie verwenden einen Simulator von Autodesk.',
  },
  apsRegions: {
    US: 'Vereinigte Staaten',
    EMEA: 'Europa, Naher Osten, Afrika',
    AUS: 'Australien (Beta)',
    CAN: 'Kanada',
    DEU: 'Deutschland',
    IND: 'Indien',
    JPN: 'Japan',
    GBR: 'Vereinigtes Königreich',
  },
  apsLinks: {
    portal: 'Wo Sie Client-ID und Client-Secret finden',
    integrations: 'Der App Zugriff auf ein Konto geben',
    webhooks: 'Über diese Webhooks',
  },
  apsSystems: {
    data: 'Dateien und Ordner (Data Management)',
    'data.help':
      'ACC, BIM 360, Fusion Team. Ein Kontoadministrator muss die Client-ID als Custom Integration hinzufügen.',
    derivative: 'Übersetzungen (Model Derivative)',
    'derivative.help':
      'Der Auftrag muss dieselbe Workflow-ID haben (misc.workflow), und der Hook muss vor dem Auftrag da sein.',
    'adsk.c4r': 'Revit-Cloudmodelle (Cloud Worksharing)',
    'adsk.flc.production': 'Fusion Manage',
    'autodesk.construction.issues': 'Issues (ACC)',
    'autodesk.construction.reviews': 'Reviews (ACC)',
    'autodesk.construction.reviews.help':
      'Autodesk sendet diese nur an einen angemeldeten Benutzer, nicht an eine App allein.',
    'autodesk.construction.bc': 'BuildingConnected',
    'autodesk.construction.cost': 'Kosten (ACC, BIM 360)',
    'adsk.tandem': 'Tandem',
    'adsk.upchain.live': 'Upchain',
    'adsk.upchain.live.help': 'Nur auf älteren Seiten genannt.',
    'adsk.upchain.eap': 'Upchain (Early Access)',
    'adsk.upchain.eap.help': 'Nur auf älteren Seiten genannt.',
  },
  apsScopes: {
    folder: 'Ordner',
    'folder.help':
      'URN eines Ordners; alles darunter zählt mit. Ein ganzes Projekt ist sein oberster Ordner, „Project Files“.',
    workflow: 'Workflow-ID',
    'workflow.help': 'Ihr eigenes Wort für eine Gruppe von Aufträgen: bis zu 36 Buchstaben, Ziffern und Bindestriche.',
    workspace: 'Workspace',
    'workspace.help': 'URN des Workspace: Tenant und Nummer des Workspace.',
    'workflow.transition': 'Workflow-Übergang',
    'workflow.transition.help': 'URN eines Übergangs; nur für workflow.transition.',
    project: 'Projekt-ID',
    'project.help': 'Die ID des Projekts, ohne „b.“ davor.',
    companyId: 'Unternehmens-ID',
    'companyId.help': 'Ihr Unternehmen in BuildingConnected.',
    account: 'Konto-ID',
    'account.help': 'Die ID des Kontos, ohne „b.“ davor; nur für project.initialized-1.0.',
    facility: 'Anlage',
    'facility.help': 'URN der Anlage. Für einen einzelnen Modelltyp der Schlüssel, der auf seiner Seite steht.',
  },
};
