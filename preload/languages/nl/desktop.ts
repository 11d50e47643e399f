import type { MessageCatalogue } from '../index.ts';

/** Dialogs, menus and warnings of the desktop application, in Dutch. */
export const desktopMessages: MessageCatalogue = {
  desktop: {
    noKeyStore: 'Dit bureaublad heeft geen sleutelopslag',
    noKeyStoreDetail:
      'Ringback slaat client secrets en wachtwoorden op. Zonder GNOME Keyring of KWallet kan iedereen die je bestanden kan lezen, ook die lezen. Start Ringback met --ask-key-store om je antwoord later te wijzigen.',
    doNotAskAgain: 'Niet meer vragen',
    keepNoSecrets: 'Geen geheimen opslaan',
    keepSecrets: 'Toch opslaan',
    keyStoreFails: 'De sleutelbos kan niet worden gebruikt',
    keyStoreFailsDetail:
      'Opgeslagen client secrets en wachtwoorden zijn versleuteld met een sleutel in je sleutelbos, die vergrendeld is of niet reageert. Ontgrendel hem en start Ringback opnieuw. Er gaat niets verloren. Zonder de sleutelbos werken verbindingen pas weer als hun geheimen opnieuw zijn ingevoerd.',
    restart: 'Ringback opnieuw starten',
    continueWithout: 'Doorgaan zonder sleutelbos',
    quit: 'Ringback afsluiten',
    noTray: 'Dit bureaublad toont geen pictogrammen in het systeemvak',
    noTrayDetail:
      'Ringback kan zonder venster blijven ontvangen. Start Ringback opnieuw om het venster terug te krijgen. In GNOME zorgt de extensie “AppIndicator and KStatusNotifierItem Support” voor pictogrammen.',
    goOn: 'Doorgaan zonder venster',
    cancel: 'Annuleren',
    keyStoreLocked: 'De sleutelbos is vergrendeld',
    keyStoreLockedDetail:
      'Ringback heeft de sleutelbos nodig om client secrets en wachtwoorden te lezen. Ontgrendel hem om door te gaan. Tot dan wordt geen callback aangenomen; de afzenders proberen het opnieuw.',
    keepWaiting: 'Blijven wachten',
    weakKeyStore:
      'Dit bureaublad heeft geen sleutelopslag, dus opgeslagen geheimen worden alleen door je bestandsrechten beschermd. Installeer GNOME Keyring of KWallet voor betere bescherming.',
    secretsRejected:
      'Dit bureaublad heeft geen sleutelopslag en je wilde niet zonder, dus er kan geen geheim worden opgeslagen. Installeer GNOME Keyring of KWallet, of start Ringback met --ask-key-store en ga akkoord.',
    backupFolder: 'Map voor back-ups',
    chooseBackupFolder: 'Back-ups hier opslaan',
    saveFile: 'Bestand opslaan',
    stillStarts:
      'Het systeem start Ringback nog steeds bij het aanmelden. Verwijder Ringback uit de aanmeldonderdelen in de systeeminstellingen.',
    startNeedsApproval:
      'Het systeem wacht op je toestemming om Ringback bij het aanmelden te starten. Geef die in de systeeminstellingen, bij Aanmeldonderdelen.',
    doesNotStart:
      'Het systeem start Ringback niet bij het aanmelden. Voeg Ringback toe aan de aanmeldonderdelen in de systeeminstellingen.',
    strayError: 'In Ringback is iets misgegaan. Testmelding door; het logboek bevat de details.',
    notShown:
      'Het systeem heeft de melding niet getoond ({{reason}}). Sta meldingen van Ringback toe in de systeeminstellingen.',
    noService:
      'Het systeem heeft de melding niet getoond (er antwoordt geen meldingendienst). Sta meldingen van Ringback toe in de systeeminstellingen.',
    notConfirmed:
      'Het systeem heeft de melding niet getoond (het heeft die niet bevestigd). Sta meldingen van Ringback toe in de systeeminstellingen.',
    noDisplay:
      'Ringback kon niet starten: er is geen beeldscherm (DISPLAY noch WAYLAND_DISPLAY is ingesteld). Start het in een bureaubladsessie; gebruik op een server de host zonder venster.',
    couldNotStart: 'Ringback kon niet starten',
    secretOfOther: (p) =>
      `Een opgeslagen geheim is versleuteld door ${p.place || 'een andere sleutelopslag'} en kan nu niet worden geopend. Voer het opnieuw in.`,
  },
  menu: {
    about: 'Over Ringback',
    copyright: 'Copyright © De auteurs van Ringback. De licenties van derden staan in de instellingen, bij Over.',
    services: 'Voorzieningen',
    hide: 'Ringback verbergen',
    hideOthers: 'Andere verbergen',
    showAll: 'Alles tonen',
    quit: 'Ringback afsluiten',
    edit: 'Bewerken',
    undo: 'Ongedaan maken',
    redo: 'Opnieuw',
    cut: 'Knippen',
    copy: 'Kopiëren',
    copyLink: 'Link kopiëren',
    paste: 'Plakken',
    pasteAsText: 'Plakken en stijl aanpassen',
    delete: 'Verwijderen',
    selectAll: 'Alles selecteren',
    view: 'Beeld',
    actualSize: 'Ware grootte',
    zoomIn: 'Inzoomen',
    zoomOut: 'Uitzoomen',
    fullScreen: 'Volledig scherm',
    window: 'Venster',
    minimize: 'Minimaliseren',
    zoom: 'Zoomen',
    bringToFront: 'Alles op voorgrond',
    close: 'Venster sluiten',
  },
};
