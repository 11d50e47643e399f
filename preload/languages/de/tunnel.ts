import type { MessageCatalogue, MessageParameters } from '../index.ts';
import { createFormats } from '../index.ts';
import { networkFailure } from './network-failure.ts';

const { time, size, day } = createFormats('de');
const outcomes: Readonly<Record<string, string>> = {
  ended: 'wurde beendet',
  'timed-out': 'lieferte nicht rechtzeitig eine öffentliche URL',
};
const outcome = ({ outcome: name, output }: MessageParameters): string =>
  `${outcomes[String(name)] ?? ''}${output ? ` (Ausgabe: ${output})` : ''}`;
const pastProxy = ({ proxy, edgePort }: MessageParameters): string =>
  proxy === undefined
    ? ''
    : ` cloudflared kann sich nicht über den Proxy ${proxy} verbinden: Es braucht eine direkte Verbindung zu Port ${edgePort} von Cloudflare. Bitten Sie den Administrator des Netzwerks, sie zu erlauben, oder wählen Sie einen anderen Tunnel unter Einstellungen → Tunnel.`;

/** The variant of the signature as the beginning of a text; empty where unknown. */
const behind = (variant: MessageParameters[string] | undefined): string =>
  variant === undefined ? '' : `${variant}; `;

/** The tunnel, the network and the receiver, in German. */
export const tunnelMessages: MessageCatalogue = {
  tunnel: {
    notConfigured:
      'Es gibt keine öffentliche URL; Callbacks können diesen Computer nicht erreichen. Richten Sie unter Einstellungen → Tunnel einen Tunnel ein.',
    connecting:
      'Es gibt noch keine öffentliche URL: Der Tunnel verbindet sich noch. Versuchen Sie es gleich noch einmal.',
    receiverDown: 'Der Empfänger nimmt nichts an.',
    internal: 'Der Tunnel wurde durch einen unerwarteten Fehler beendet. Das Protokoll enthält die Details.',
    unavailable: 'Es gibt keine öffentliche URL.',
    tryLater: 'Versuchen Sie es später erneut, oder prüfen Sie Einstellungen → Tunnel.',
    noResponse: (p) => `Die öffentliche URL ${p.url} antwortet nicht (${networkFailure(p)}).`,
    redirect:
      'Die öffentliche URL antwortet mit einer Umleitung (Status {{status}}), der Callbacks nicht folgen. Verwenden Sie die URL, auf die sie umleitet.',
    gatewayError: 'Die öffentliche URL antwortet, führt aber nicht zu diesem Computer (Status {{status}}).',
    differentPage: 'Die öffentliche URL antwortet mit einer anderen Seite (Status {{status}}).',
    bodyChanged:
      'Die öffentliche URL ändert den Inhalt von Anfragen auf dem Weg hierher; keine Signatur kann geprüft werden. Verwenden Sie einen Tunnel oder Reverse Proxy, der den Inhalt unverändert weitergibt.',
    prefixAdded:
      'Anfragen an die öffentliche URL kommen hier unter {{prefix}}/in/… statt /in/… an: Der Reverse Proxy muss „{{prefix}}“ entfernen. Die Diagnose zeigt die zu ändernde Zeile.',
    suffixAdded:
      'Anfragen an die öffentliche URL kommen hier mit „{{suffix}}“ am Ende ihres Pfads an: Der Reverse Proxy muss den Pfad unverändert weitergeben. Die Diagnose zeigt die zu ändernde Zeile.',
    doubleSlash:
      'Anfragen an die öffentliche URL kommen hier mit einem doppelten Schrägstrich im Pfad an: Der Reverse Proxy muss den Pfad unverändert weitergeben. Die Diagnose zeigt die zu ändernde Zeile.',
    pathRewritten:
      'Anfragen an die öffentliche URL kommen hier unter {{path}} statt /in/… an: Der Reverse Proxy muss den Pfad unverändert weitergeben. Die Diagnose zeigt die zu ändernde Zeile.',
    otherProtocol:
      'Der Reverse Proxy sendet {{protocol}} an diesen Computer, der einfaches HTTP/1.1 annimmt. Die Diagnose zeigt die zu ändernde Zeile.',
    confirmedByDelivery: ({ at }) =>
      `Dieser Computer kann die öffentliche URL selbst nicht erreichen, aber am ${time(at)} kam ein Callback über sie an.`,
    trusted:
      'Dieser Computer kann die öffentliche URL nicht prüfen. Sie gilt als erreichbar, weil Sie ihr unter Einstellungen → Tunnel vertrauen.',
    serverNoResponse: (p) => `Der Tunnelserver ${p.server} antwortet nicht (${networkFailure(p)}).`,
    noUrlAssigned: ({ server, status, detail }) =>
      `Der Tunnelserver ${server} wies keine URL zu (Status ${status})${detail ? `: ${detail}` : ''}.`,
    serverPortUnreachable:
      'Der Tunnelserver {{server}} wies eine URL zu, aber sein Port {{port}} ist nicht erreichbar. Möglicherweise blockiert ihn eine Firewall.',
    proxyRejects: (p) =>
      `Der Tunnel kann sich nicht mit Port ${p.port} von ${p.host} verbinden (${networkFailure({ step: 'proxy', ...p })}).${p.status === 407 ? '' : ' Bitten Sie den Administrator des Proxys, diesen Port zu erlauben, oder wählen Sie einen anderen Tunnel unter Einstellungen → Tunnel.'}`,
    differentName: 'Der Tunnelserver wies den Namen {{assigned}} statt {{requested}} zu.',
    sshMissing:
      'ssh ist auf diesem Computer nicht installiert. Installieren Sie OpenSSH; unter Windows ist es eines der optionalen Features.',
    sshHostKeyChanged:
      'Der Hostschlüssel von {{host}} hat sich geändert. Der Server wurde neu installiert, oder jemand fängt die Verbindung ab: Fragen Sie seinen Administrator. Entfernen Sie dann den alten Schlüssel mit „ssh-keygen -R {{host}}“.',
    sshHostKeyUnknown:
      'Der Hostschlüssel von {{host}} ist nicht bekannt. Führen Sie einmal „{{command}}“ in einem Terminal aus, und akzeptieren Sie den Schlüssel, wenn er der richtige ist.',
    sshAgentLocked:
      'Ihr SSH-Agent hat nicht signiert: Sein Schlüssel ist gesperrt oder muss bestätigt werden. Entsperren Sie ihn mit „ssh-add“, bis „{{command}}“ ohne Rückfrage verbindet.',
    sshKeysRejected:
      '{{host}} akzeptierte keinen Ihrer SSH-Schlüssel, und Ringback kann keine Passwörter eingeben. Fügen Sie Ihren Schlüssel auf dem Server hinzu und laden Sie ihn mit „ssh-add“, bis „{{command}}“ ohne Rückfrage verbindet.',
    sshPortUnavailable:
      '{{host}} leitet seinen Port {{remotePort}} nicht weiter: Eine frühere Verbindung verwendet ihn vielleicht noch, oder die Weiterleitung ist nicht erlaubt (AllowTcpForwarding, PermitListen).',
    sshNameNotFound: 'Der Hostname {{host}} kann nicht aufgelöst werden.',
    sshConnectionRefused: '{{host}} lehnte die SSH-Verbindung ab.',
    sshNoResponse: '{{host}} antwortet nicht auf SSH.',
    sshConnectionClosed: '{{host}} trennte die SSH-Verbindung.',
    sshConfigurationInvalid:
      'Ihre SSH-Konfiguration enthält einen Fehler. Führen Sie „{{command}}“ in einem Terminal aus, um ihn zu sehen.',
    sshFailed: (p) => `Die SSH-Verbindung ${outcome(p)}.`,
    cloudflaredMissing:
      'cloudflared ist auf diesem Computer nicht installiert. Installieren Sie es von Cloudflare; Ringback findet es von selbst.',
    quickTunnelsLimited:
      'Cloudflare stellt vorerst keine Quick Tunnels mehr bereit, weil zu viele angefordert wurden (Status 429). Ringback versucht es in etwa {{minutes}} Minuten erneut. Ein benannter Tunnel hat diese Grenze nicht.',
    quickTunnelFailed: (p) => `Der Quick Tunnel von cloudflared ${outcome(p)}.${pastProxy(p)}`,
    namedTunnelRejected: ({ tunnel, output }) =>
      `cloudflared kann den Tunnel ${tunnel} nicht öffnen${output ? ` (Ausgabe: ${output})` : ''}. Führen Sie „cloudflared tunnel login“ und „cloudflared tunnel list“ in einem Terminal aus, und geben Sie den dort gezeigten Namen ein.`,
    namedTunnelFailed: (p) => `Der cloudflared-Tunnel ${p.tunnel} ${outcome(p)}.${pastProxy(p)}`,
  },
  network: {
    failed: networkFailure,
    status: 'Status {{status}}',
    closing: 'Ringback wird beendet und hat nicht auf {{host}} gewartet.',
    timeout:
      '{{host}} hat nicht rechtzeitig geantwortet. Prüfen Sie die Internetverbindung, und versuchen Sie es erneut.',
    responseTooLong: 'Die Antwort von {{host}} ist länger als die {{limit}} Bytes, die Ringback liest.',
    unreachable: (p) =>
      `${p.host} ist nicht erreichbar (${networkFailure(p)}). Prüfen Sie die Internetverbindung und die Adresse.`,
    untrusted: (p) =>
      `${p.host} zeigt ein Zertifikat, dem nicht vertraut wird (${networkFailure(p)}); es wurde nichts gesendet. Prüfen Sie die Adresse, das Netzwerk und die Uhr dieses Computers.`,
  },
  rejections: {
    bodyTooLarge: 'Der Inhalt ist größer als 1 MB.',
    headersTooLarge: 'Die Header sind größer als 16 kB.',
    malformed: 'Die Anfrage entspricht nicht HTTP ({{code}}).',
    compressed:
      'Der Inhalt ist komprimiert ({{codings}}); die Signatur stimmt nicht, und er lässt sich nicht entpacken.',
    notStored:
      'Nur der Grund ist gespeichert: Von zu großen Zustellungen, von vielen innerhalb einer Minute und von älteren wird der Inhalt nicht aufbewahrt.',
    storedInPart: (p) =>
      `Der Inhalt ist ${size(p.size)} lang, davon sind die ersten ${size(p.stored)} gespeichert. Die Signatur kann daher nicht erneut geprüft werden.`,
    hookGone:
      'Das Ziel dieser Zustellung existiert nicht mehr oder ist kein Hook, daher gibt es kein Geheimnis, mit dem sie geprüft werden kann.',
    acceptedNow:
      'Mit den jetzt bekannten Geheimnissen würde sie angenommen: Das Geheimnis wurde erst nach dieser Zustellung gespeichert. Wenn der Absender es erneut versucht, wird sie angenommen.',
    expiredSecret: (p) =>
      `Sie ist mit einem Geheimnis signiert, das dieser Hook bis ${day(p.until)} hatte. Der Absender verwendet noch das alte: Erneuern Sie das Geheimnis des Hooks.`,
    otherHook:
      'Die Signatur gehört zu einem anderen Hook: {{hook}}. Dessen Callbacks werden an die URL dieses Hooks gesendet.',
    unknownSecret:
      'Keines der bekannten Geheimnisse hat diese Bytes signiert: Sie wurden unterwegs verändert, mit einem Geheimnis signiert, das Ringback nicht hat, oder gefälscht. Prüfen Sie sie mit dem Geheimnis, das der Absender verwendet.',
    emptyBody:
      'Der Inhalt ist leer. Eine Weiterleitung oder ein Proxy hat ihn entfernt: Die beim Anbieter registrierte URL muss direkt hierher führen.',
    cutBody: (p) =>
      `Der Inhalt wurde nach ${size(p.bytes)} abgeschnitten: Sein JSON hat kein Ende. Ein Proxy oder Tunnel begrenzt die Größe von Anfragen.`,
    notCheckable:
      'Diese Zustellung kann nicht erneut geprüft werden: Der Hook oder der vollständige Inhalt ist nicht mehr gespeichert.',
  },
  ingress: {
    sample: (p) => `Beispiel: ${p.title}`,
    unverified: (p) => `Nicht geprüft: ${p.title}`,
    unreadable: 'Unlesbarer Callback von {{hook}}',
    unreadableSigned: 'Die Signatur ist gültig, aber Ringback kann den Inhalt nicht lesen.',
    unreadableAddressed: 'An die geheime URL gesendet, ohne Signatur, und Ringback kann den Inhalt nicht lesen.',
    unreadableUnsigned:
      'Nicht signiert: jeder, der die URL kennt, kann es gesendet haben. Ringback kann den Inhalt nicht lesen.',
    compressedSigned: (p) => `${behind(p.variant)}${p.codings}; die Signatur gilt für die komprimierten Bytes`,
    plainSigned: (p) => `${behind(p.variant)}${p.codings}; die Signatur gilt für den Inhalt vor der Komprimierung`,
    notStoredInTime:
      'Die Festplatte hat einen Callback nicht innerhalb von {{seconds}} Sekunden gespeichert. Er wird gespeichert, sobald sie antwortet.',
    overloaded: 'Es kommen mehr Callbacks an, als gespeichert werden können, etwa weil die Festplatte langsam ist.',
    portInUse:
      'Port {{port}} wird von einem anderen Programm verwendet. Schließen Sie es, oder wählen Sie in den Einstellungen einen anderen Port.',
    portUnusable: 'Port {{port}} kann nicht für den Empfänger verwendet werden ({{reason}}).',
    addressUnusable:
      'Der Empfänger kann Port {{port}} von {{address}} nicht verwenden ({{reason}}). Setzen Sie RINGBACK_RECEIVER_BIND auf eine Adresse dieses Computers.',
  },
  proxy: {
    passwordLost:
      'Das Passwort des Proxys kann nicht mehr gelesen werden, weil sich der Schlüsselspeicher geändert hat. Geben Sie es unter Einstellungen → Netzwerk erneut ein.',
  },
};
