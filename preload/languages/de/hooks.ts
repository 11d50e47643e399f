import type { MessageCatalogue, MessageParameters } from '../index.ts';
import { createFormats, joinParts } from '../index.ts';

const { longDay, list, time } = createFormats('de');
const hooks = (count: unknown): string => (Number(count) === 1 ? '1 Hook' : `${count} Hooks`);

const summaries: readonly (readonly [action: string, planned: string, done: string])[] = [
  ['move', 'zu verschieben', 'auf die neue Adresse verschoben'],
  ['create', 'neu anzulegen', 'neu angelegt'],
  ['activate', 'zu aktivieren', 'aktiviert'],
  ['renew', 'zu verlängern', 'verlängert'],
  ['pause', 'zu pausieren', 'pausiert'],
  ['remove', 'aufzuräumen', 'aufgeräumt'],
];

function summary(counts: MessageParameters, form: 1 | 2): string {
  const parts = summaries.flatMap((names) => {
    const count = Number(counts[names[0]] ?? 0);
    return count === 0 ? [] : [`${hooks(count)} ${names[form]}`];
  });
  const failed = Number(counts.failed ?? 0);
  const failures = form === 2 && failed > 0 ? [`${hooks(failed)} nicht reparierbar`] : [];
  return list([...parts, ...failures]) || 'Nichts zu tun';
}

function inactivity({ hook, hours, perDay }: MessageParameters): string {
  const count = Number(hours);
  const time = count < 48 ? (count === 1 ? '1 Stunde' : `${count} Stunden`) : `${Math.floor(count / 24)} Tagen`;
  const rate =
    perDay === undefined
      ? ''
      : `; meist ${Number(perDay) < 1 ? 'weniger als eines' : Math.round(Number(perDay))} am Tag`;
  return `Keine Ereignisse von ${hook} seit ${time}${rate}. Führen Sie die Diagnose aus.`;
}

/** Hooks and connections, in German. */
export const hookMessages: MessageCatalogue = {
  hooks: {
    label: ({ title, place }) => joinParts(title, place),
    moveStep: 'Auf die neue Adresse verschieben: {{hook}}',
    createStep: 'Neu anlegen: {{hook}}',
    adoptStep: 'Den unterbrochenen Umzug fortsetzen: {{hook}}',
    activateStep: 'Wieder aktivieren: {{hook}}',
    pauseStep: 'Pausieren: {{hook}}',
    renewStep: 'Vor dem Ablauf verlängern: {{hook}}',
    removeStep: 'Die ersetzte Registrierung entfernen: {{hook}}',
    undecided:
      'Der Server des Teams hat noch nicht mitgeteilt, ob dieser oder ein anderer Computer empfängt. Hooks werden danach geprüft, spätestens in einer halben Minute.',
    removeUnusedStep: 'Einen unbenutzten Hook dieses Ringback entfernen',
    planned: (counts) => summary(counts, 1),
    done: (counts) => summary(counts, 2),
    disabledTitle: ({ count }) =>
      count === 1 ? 'Ein Hook war deaktiviert oder gelöscht' : `${count} Hooks waren deaktiviert oder gelöscht`,
    disabled:
      '{{hook}} war beim Anbieter deaktiviert oder gelöscht und wurde repariert. Ereignisse dazwischen wurden nicht zugestellt.',
    severalDisabled:
      '{{count}} Hooks waren beim Anbieter deaktiviert oder gelöscht und wurden repariert. Ereignisse dazwischen wurden nicht zugestellt.',
    needsAttentionTitle: ({ count }) =>
      count === 1 ? 'Ein Hook braucht Aufmerksamkeit' : `${count} Hooks brauchen Aufmerksamkeit`,
    failing: '{{hook}}:',
    inactiveTitle: 'Ein Hook ist inaktiv',
    inactive: inactivity,
    alwaysSigned: 'Dieser Anbieter signiert alle Callbacks. Einer ohne Signatur wird nicht angenommen.',
    external: 'Dieser Hook wurde nicht von diesem Ringback angelegt. Bestätigen Sie, dass Sie ihn ändern wollen.',
    externalCopy:
      'Dieser Hook wurde von diesem Ringback angelegt, aber seine Adresse und sein Geheimnis sind hier nicht mehr gespeichert. Bestätigen Sie, dass Sie ihn ändern wollen.',
    beingCreated: 'Dieser Hook wird noch angelegt. Versuchen Sie es gleich noch einmal.',
    unsupported: '{{connection}} unterstützt keine Hooks.',
    closing: 'Ringback wird beendet.',
    notAllRemoved:
      'Nicht alle Hooks der Verbindung wurden beim Anbieter entfernt. Sie können dort bleiben („keepHooks“).',
    secretsLost: ({ count }) =>
      `Die Geheimnisse von ${hooks(count)} können nicht mehr entschlüsselt werden, weil sich der Schlüsselspeicher geändert hat; ihre Callbacks können nicht geprüft werden. Entfernen Sie diese Hooks und legen Sie sie neu an.`,
  },
  team: {
    noBroker: 'Dieser Host kann nicht Teil eines Teams sein.',
    alreadyIn: 'Dieser Computer ist schon im Team „{{team}}“. Verlassen Sie es zuerst.',
    notInTeam: 'Dieser Computer ist in keinem Team. Erstellen Sie eines, oder treten Sie mit einer Einladung bei.',
    receiverOnly: 'Das kann nur der Empfänger des Teams.',
    unencrypted:
      'Verbindungen zu {{server}} wären nicht verschlüsselt. Verwenden Sie eine Adresse, die mit tls:// beginnt; nats:// wird nur für diesen Computer akzeptiert.',
    filterTooLarge:
      'Der Filter hat {{count}} Kombinationen aus Verbindung, Hook und Ereignis; möglich sind {{most}}. Lassen Sie eine der Listen leer.',
    memberExists: 'Das Team hat schon ein Mitglied „{{name}}“. Wählen Sie einen anderen Namen.',
    noMember: 'Dieses Mitglied gibt es nicht mehr.',
    newerInvitation:
      'Die Einladung stammt von einer neueren Version von Ringback. Aktualisieren Sie Ringback, und treten Sie erneut bei.',
    unreadableInvitation:
      'Das ist keine vollständige Einladung. Kopieren Sie den ganzen Text, oder fordern Sie beim Empfänger des Teams eine neue an.',
    invitationInUse:
      '{{computer}} verwendet dieselbe Einladung, deshalb empfängt dieser Computer nichts. Verlassen Sie hier das Team, und treten Sie mit einer eigenen Einladung bei. Verwendet {{computer}} sie nicht mehr, empfängt dieser Computer innerhalb einer Minute.',
    secretsLost:
      'Die Schlüssel des Teams können nicht entschlüsselt werden. Verlassen Sie das Team, und treten Sie mit einer neuen Einladung wieder bei.',
    unreachable:
      'Der Server des Teams ist nicht erreichbar ({{detail}}). Ringback versucht es von selbst erneut; es geht nichts verloren.',
    keyRejected:
      'Der Server des Teams akzeptiert den Schlüssel dieses Computers nicht. Entweder hat er die neueste Konfiguration nicht geladen, oder dieser Computer wurde aus dem Team entfernt.',
    serverUntrusted:
      'Der Server des Teams legt ein Zertifikat vor, dem nicht vertraut wird ({{detail}}), deshalb verbindet sich dieser Computer nicht. Prüfen Sie das Zertifikat und die Uhr dieses Computers. Mit einer eigenen Zertifizierungsstelle erstellen Sie das Team so: ringback team create --authority.',
    serverUnencrypted:
      'Der Server des Teams verschlüsselt Verbindungen nicht, deshalb verbindet sich dieser Computer nicht. Fügen Sie seiner Konfiguration Zertifikat und Schlüssel hinzu: ringback team server-config --certificate … --key ….',
    credentialsExpired:
      'Die Anmeldedaten, mit denen sich dieser Computer beim Server des Teams anmeldet, sind abgelaufen. Fordern Sie beim Betreiber des Servers neue an, und erstellen Sie das Team damit neu.',
    signInTimeout:
      'Der Server des Teams hat nicht gewartet, bis dieser Computer angemeldet war. Ringback versucht es von selbst erneut. Bleibt es dabei, lassen Sie den Server die neueste Konfiguration laden, die länger wartet: ringback team server-config.',
    tooManyConnections:
      'Der Server des Teams hat so viele Verbindungen, wie er annimmt. Ringback versucht es von selbst erneut. Erhöhen Sie max_connections in seiner Konfiguration, oder beenden Sie andere Programme, die ihn verwenden.',
    storageDisabled:
      'Der Server des Teams speichert keine Nachrichten, denn JetStream ist dort nicht eingeschaltet. Ersetzen Sie seine Konfiguration durch den Text von `ringback team server-config`, und starten Sie ihn neu. Ist seine Festplatte voll, schaffen Sie zuerst Platz.',
    storageFull:
      'Der Server des Teams hat keinen Platz für Nachrichten ({{detail}}). Schaffen Sie auf seiner Festplatte Platz, oder erhöhen Sie die Grenzen von JetStream in seiner Konfiguration. Was wartet, wird dann gesendet.',
    forbidden:
      'Der Server des Teams erlaubt diesem Computer etwas nicht, was er braucht ({{detail}}). Lassen Sie den Server die neueste Konfiguration laden: ringback team server-config.',
    notPrepared:
      'Der Server des Teams hat noch nichts für diesen Computer. Der Empfänger richtet das ein, sobald er verbunden ist. Ist er das, wurde dieser Computer aus dem Team entfernt: Treten Sie mit einer neuen Einladung bei.',
    messageTooLarge:
      'Eine Nachricht ist größer, als der Server des Teams annimmt. Erhöhen Sie max_payload in seiner Konfiguration, auf 4MB wie im Text von `ringback team server-config`.',
    noResponse: 'Der Server des Teams hat nicht rechtzeitig geantwortet. Ringback versucht es von selbst erneut.',
    serverFailure:
      'Der Server des Teams meldet einen Fehler ({{detail}}). Ringback versucht es von selbst erneut; bleibt es dabei, sehen Sie im Protokoll des Servers nach.',
    keyMissing:
      'Der Empfänger des Teams muss laufen, um den neuen Schlüssel zu senden. Bis dahin warten Ereignisse auf dem Server, höchstens sieben Tage.',
    keyUnknown:
      'Der Empfänger des Teams hat den Schlüssel einiger Ereignisse nicht: Seine Daten sind älter als diese Ereignisse. Sie bleiben ungelesen, und der Server löscht sie nach sieben Tagen.',
    otherReceiver:
      '{{computer}} empfängt zurzeit für dieses Team. Dieser Computer veröffentlicht, sobald jener eine Minute lang angehalten ist.',
    replaced:
      '{{computer}} empfängt für dieses Team anstelle dieses Computers, der nichts veröffentlicht und keine Hooks ändert. Um hier wieder zu empfangen: ringback team take-over.',
    receiverAway:
      '{{computer}}, der für das Team empfängt, läuft nicht oder erreicht den Server des Teams nicht. Ereignisse kommen wieder an, sobald er zurück ist.',
    receiverAsleep: ({ computer, since }) =>
      `${computer}, der für das Team empfängt, schläft seit ${time(since)}. Ereignisse kommen wieder an, sobald er aufwacht.`,
    replacedAway:
      '{{computer}}, der anstelle dieses Computers für dieses Team empfängt, läuft nicht oder erreicht den Server des Teams nicht. Um hier wieder zu empfangen: ringback team take-over.',
    alreadyReceives: 'Dieser Computer empfängt bereits für das Team.',
    unconfirmed:
      'Ein Reservecomputer kann übernommen haben, denn der Server des Teams hat in der letzten Minute nicht bestätigt, dass dieser Computer empfängt. Bis dahin werden keine Hooks geändert.',
    notCopied:
      'Der Hook wurde nicht erstellt: Er konnte dem Reservecomputer nicht vorher übergeben werden, der ihn sonst entfernen würde. Versuchen Sie es erneut, sobald der Server des Teams verbunden ist.',
    copyTooLarge:
      'Die Hooks sind mehr, als eine Nachricht des Servers des Teams fasst, deshalb erhält der Reservecomputer sie nicht. Erhöhen Sie max_payload in dessen Konfiguration.',
    standbyReceives:
      'Dieser Computer empfängt für das Team. Für einen Reservecomputer: ringback team invite-standby, und mit dieser Einladung auf einem anderen Computer beitreten.',
    standbyNotEmpty:
      'Ein Reservecomputer übernimmt alle Verbindungen und Hooks des Empfängers anstelle seiner eigenen. Entfernen Sie zuerst die Verbindungen dieses Computers, oder verwenden Sie einen anderen.',
    standbyWithoutCopy:
      'Dieser Computer kann noch nicht für das Team empfangen: Der Empfänger hat seine Hooks und Mitglieder noch nicht weitergegeben. Sobald das geschehen ist, empfängt er.',
    standbyForgotten:
      '{{computer}}, der für dieses Team empfängt, zählt diesen Computer nicht mehr als Reservecomputer: Er übernimmt nichts von selbst. Um ihn wieder einzurichten: ringback team standby. Sonst verlassen Sie das Team.',
    noStandby: 'Diesen Reservecomputer gibt es nicht mehr.',
    tookOverTitle: '{{computer}} hat übernommen',
    tookOver:
      'Dieser Computer empfängt ab jetzt für das Team „{{team}}“, denn {{former}} lief nicht oder erreichte den Server des Teams nicht. Die Hooks werden auf diesen Computer verlegt.',
    wasReplaced:
      'Jener Computer empfängt für das Team „{{team}}“ anstelle dieses Computers, der nichts veröffentlicht und keine Hooks ändert.',
    olderData: 'Die Daten dieses Computers sind älter als das, was das Team hat.',
    unpublished: 'Ereignisse wurden gelöscht, bevor das Team sie bekam',
    unpublishedSummary:
      'Der Server des Teams war so lange nicht erreichbar, dass der Empfänger bis zu {{count}} Ereignisse gelöscht hat.',
    notConnected: 'Der Server des Teams ist nicht verbunden.',
    leaseContended: 'Andere Computer des Teams haben im selben Augenblick damit begonnen.',
    forgedTitle: 'Eine Nachricht des Teams wurde gefälscht',
    forged:
      'Der Empfänger des Teams hat sie nicht signiert, deshalb wurde sie abgelehnt. Jemand anders kann auf dem Server veröffentlichen: Prüfen Sie, wer sich dort anmelden darf.',
    forgedReason: 'Die Nachricht des Teams ist nicht vom Empfänger signiert.',
    newerVersion: 'Ereignis in einem neueren Format',
    newerVersionSummary:
      'Der Empfänger sendete es im Format {{version}}, das diese Version von Ringback nicht lesen kann. Es ist gespeichert, wie es kam. Aktualisieren Sie Ringback.',
    gap: 'Ereignisse des Teams wurden verpasst',
    gapSummary:
      'Dieser Computer war länger weg, als das Team Ereignisse aufbewahrt. Von bis zu {{count}} Nachrichten, die inzwischen gelöscht wurden, fehlen hier die für diesen Computer; der Empfänger zeigt sie noch.',
  },
  forward: {
    unencrypted:
      'Ereignisse werden unverschlüsselt an {{host}} weitergeleitet: Andere können sie unterwegs lesen und mit ihrer Signatur erneut senden. Verwenden Sie eine https-Adresse.',
    gaveUpTitle: 'Ereignis nicht weitergeleitet: {{hook}}',
    gaveUp: (p) =>
      `${p.url} hat ein Ereignis nicht innerhalb einer Stunde angenommen (${p.reason}). Senden Sie es mit „ringback resend“ erneut, sobald das Zielprogramm funktioniert.`,
    noSample: 'Es gibt keine Beispiele für die Ereignisse von {{connection}}.',
    sampleNeedsEvent:
      'Der Hook ist für das Muster {{event}} registriert. Nennen Sie das Ereignis, von dem das Beispiel sein soll.',
    sampleForeignEvent: 'Der Hook ist für {{hookEvent}} registriert, nicht für {{event}}.',
    samplePath: 'Das Beispiel hat keine Stelle für das Feld „{{path}}“.',
    sampleRejected:
      'Das Beispiel wurde mit Status {{status}} beantwortet statt angenommen. Führen Sie für diesen Hook die Diagnose aus.',
    sampleUnreachable: (p) =>
      `Das Beispiel kam an der öffentlichen Adresse des Hooks nicht an: ${p.reason}. Führen Sie für diesen Hook die Diagnose aus.`,
    external: 'Nur Ereignisse von Hooks, die dieses Ringback angelegt hat, können weitergeleitet werden.',
    noAddress: 'Der Hook dieses Ereignisses wird nicht weitergeleitet. Geben Sie eine Zieladresse an.',
    noBytes: 'Dieses Ereignis wurde beim Anbieter nachgeholt. Es gibt keine ursprünglichen Bytes zum Weiterleiten.',
    notVerified: 'Dieses Ereignis wurde nicht geprüft, daher signiert Ringback es nicht. Senden Sie es ohne Geheimnis.',
    unsigned:
      '{{connection}} signiert seine Callbacks nicht; sie können nicht erneut signiert werden. Lassen Sie das Geheimnis weg.',
    secretLost:
      'Das Geheimnis für die Weiterleitung kann nicht mehr entschlüsselt werden. Geben Sie es in den Einstellungen des Hooks erneut ein.',
  },
  connections: {
    unknownConnector: 'Es gibt keinen Konnektor „{{connector}}“.',
    secretsUnreadable: 'Die Zugangsdaten von „{{name}}“ können nicht mehr gelesen werden. Geben Sie sie erneut ein.',
    secretsMissing:
      'Die Zugangsdaten von „{{name}}“ wurden auf diesem Computer noch nicht eingegeben. Geben Sie sie unter Verbindungen ein.',
    secretsLost:
      'Die Zugangsdaten von „{{name}}“ können nicht mehr gelesen werden, weil sich der Schlüsselspeicher geändert hat. Geben Sie sie erneut ein.',
    signInLost:
      'Die Anmeldung von „{{name}}“ kann nicht mehr gelesen werden, weil sich der Schlüsselspeicher geändert hat. Melden Sie sich erneut an.',
    duplicate: 'Dieses Konto ist bereits als „{{name}}“ verbunden.',
    kindChanged: 'Hooks gehören zu der Art von Konto, die sie angelegt hat. Fügen Sie eine andere Verbindung hinzu.',
    secretForNewAddress:
      'Die Adresse wurde geändert, und das gespeicherte Feld {{field}} gehört zur vorherigen Adresse. Geben Sie {{field}} erneut ein.',
    notBrowsable: '{{connector}} kann nicht durchsucht werden. Geben Sie stattdessen die ID ein.',
    unknownSetting: 'Hier gibt es keine Einstellung „{{name}}“.',
    unknownSecret: 'Hier gibt es kein Geheimnis „{{name}}“.',
    fieldMissing: '{{field}} fehlt.',
    fieldChoice: '{{field}} muss eine der vorgegebenen Möglichkeiten sein.',
    fieldPort: '{{field}} muss eine Zahl von 1024 bis 65535 sein.',
    fieldAddress: '{{field}} muss eine https-Adresse ohne Query oder Fragment sein; http nur für diesen Computer.',
    signInNotNeeded: 'Diese Verbindung meldet sich automatisch an.',
    signInCancelled: 'Die Anmeldung wurde abgebrochen.',
    signInTimeout:
      'Die Anmeldung wurde nicht innerhalb von {{minutes}} Minuten im Browser abgeschlossen. Wenn {{provider}} dort einen Fehler zeigte, registrieren Sie genau {{redirectUri}} als Callback-URL der App, und melden Sie sich erneut an.',
    portInUse:
      'Ein anderes Programm verwendet Port {{port}}, den die Anmeldung braucht. Schließen Sie das Programm, oder wählen Sie einen anderen Port für die Verbindung und registrieren Sie dessen Callback-URL.',
    portsInUse:
      'Andere Programme verwenden die Ports {{ports}}, von denen die Anmeldung einen braucht. Schließen Sie eines davon, oder wählen Sie einen anderen Port für die Verbindung und registrieren Sie dessen Callback-URL.',
    accountChanged:
      '„{{name}}“ handelt jetzt als {{account}}. Hooks, die {{previous}} dort angelegt hat, sind hier nicht mehr sichtbar.',
    signInEndsSoon: 'Die Anmeldung von „{{name}}“ endet bald',
    signInNotRenewed: ({ until }) =>
      `Sie konnte nicht verlängert werden und endet am ${longDay(until)}. Verbinden Sie diesen Computer mit dem Internet, oder melden Sie sich erneut an.`,
    signInAgain: 'Melden Sie sich erneut an: {{name}}',
    signInEnded: 'Die Anmeldung ist abgelaufen.',
    hooksStay: 'Die Hooks bleiben bestehen.',
  },
};
