import type { MessageCatalogue } from '../index.ts';

/** Dialogs, menus and warnings of the desktop application, in German. */
export const desktopMessages: MessageCatalogue = {
  desktop: {
    noKeyStore: 'Dieser Desktop hat keinen Schlüsselspeicher',
    noKeyStoreDetail:
      'Ringback speichert Client-Secrets und Passwörter. Ohne GNOME Keyring oder KWallet kann sie jeder lesen, der Ihre Dateien lesen kann. Um Ihre Antwort später zu ändern, starten Sie Ringback mit --ask-key-store.',
    doNotAskAgain: 'Nicht mehr fragen',
    keepNoSecrets: 'Keine Geheimnisse speichern',
    keepSecrets: 'Trotzdem speichern',
    keyStoreFails: 'Der Schlüsselbund kann nicht verwendet werden',
    keyStoreFailsDetail:
      'Gespeicherte Client-Secrets und Passwörter sind mit einem Schlüssel in Ihrem Schlüsselbund verschlüsselt, der gesperrt ist oder nicht antwortet. Entsperren Sie ihn und starten Sie Ringback neu. Es geht nichts verloren. Ohne ihn funktionieren Verbindungen erst wieder, wenn ihre Geheimnisse erneut eingegeben wurden.',
    restart: 'Ringback neu starten',
    continueWithout: 'Ohne Schlüsselbund fortfahren',
    quit: 'Ringback beenden',
    noTray: 'Dieser Desktop zeigt keine Symbole im Infobereich',
    noTrayDetail:
      'Ringback kann ohne Fenster weiter empfangen. Starten Sie es erneut, um das Fenster zurückzuholen. In GNOME sorgt die Erweiterung „AppIndicator and KStatusNotifierItem Support“ für Symbole im Infobereich.',
    goOn: 'Ohne Fenster fortfahren',
    cancel: 'Abbrechen',
    keyStoreLocked: 'Der Schlüsselbund ist gesperrt',
    keyStoreLockedDetail:
      'Ringback braucht den Schlüsselbund, um Client-Secrets und Passwörter zu lesen. Entsperren Sie ihn, um fortzufahren. Bis dahin wird kein Callback angenommen; die Absender versuchen es erneut.',
    keepWaiting: 'Weiter warten',
    weakKeyStore:
      'Dieser Desktop hat keinen Schlüsselspeicher, daher werden gespeicherte Geheimnisse nur durch Ihre Dateirechte geschützt. Installieren Sie GNOME Keyring oder KWallet für besseren Schutz.',
    secretsRejected:
      'Dieser Desktop hat keinen Schlüsselspeicher und Sie wollten nicht darauf verzichten, daher kann kein Geheimnis gespeichert werden. Installieren Sie GNOME Keyring oder KWallet, oder starten Sie Ringback mit --ask-key-store und stimmen Sie zu.',
    backupFolder: 'Ordner für Backups',
    chooseBackupFolder: 'Backups hier speichern',
    saveFile: 'Datei speichern',
    stillStarts:
      'Das System startet Ringback weiterhin bei der Anmeldung. Entfernen Sie es in den Systemeinstellungen aus den Anmeldeobjekten.',
    startNeedsApproval:
      'Das System wartet auf Ihre Zustimmung, Ringback bei der Anmeldung zu starten. Erlauben Sie es in den Systemeinstellungen unter „Anmeldeobjekte“.',
    doesNotStart:
      'Das System startet Ringback nicht bei der Anmeldung. Fügen Sie es in den Systemeinstellungen zu den Anmeldeobjekten hinzu.',
    strayError: 'In Ringback ist etwas schiefgegangen. Es läuft weiter; das Protokoll enthält die Einzelheiten.',
    notShown:
      'Das System hat die Benachrichtigung nicht angezeigt ({{reason}}). Erlauben Sie in den Systemeinstellungen Benachrichtigungen von Ringback.',
    noService:
      'Das System hat die Benachrichtigung nicht angezeigt (kein Benachrichtigungsdienst antwortet). Erlauben Sie in den Systemeinstellungen Benachrichtigungen von Ringback.',
    notConfirmed:
      'Das System hat die Benachrichtigung nicht angezeigt (es hat sie nicht bestätigt). Erlauben Sie in den Systemeinstellungen Benachrichtigungen von Ringback.',
    noDisplay:
      'Ringback konnte nicht starten: Es gibt keine Anzeige (weder DISPLAY noch WAYLAND_DISPLAY ist gesetzt). Starten Sie es in einer Desktop-Sitzung; auf einem Server den Host ohne Fenster.',
    couldNotStart: 'Ringback konnte nicht starten',
    secretOfOther: (p) =>
      `Ein gespeichertes Geheimnis wurde von ${p.place || 'einem anderen Schlüsselspeicher'} verschlüsselt und kann jetzt nicht geöffnet werden. Geben Sie es erneut ein.`,
  },
  menu: {
    about: 'Über Ringback',
    copyright: 'Copyright © Die Autoren von Ringback. Die Lizenzen Dritter stehen in den Einstellungen unter „Über“.',
    services: 'Dienste',
    hide: 'Ringback ausblenden',
    hideOthers: 'Andere ausblenden',
    showAll: 'Alle einblenden',
    quit: 'Ringback beenden',
    edit: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    copyLink: 'Link kopieren',
    paste: 'Einfügen',
    pasteAsText: 'Einfügen und Stil anpassen',
    delete: 'Löschen',
    selectAll: 'Alles auswählen',
    view: 'Darstellung',
    actualSize: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fullScreen: 'Vollbild',
    window: 'Fenster',
    minimize: 'Minimieren',
    zoom: 'Zoomen',
    bringToFront: 'Alle nach vorne bringen',
    close: 'Fenster schließen',
  },
};
