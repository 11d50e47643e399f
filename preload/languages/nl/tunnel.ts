import type { MessageCatalogue, MessageParameters } from '../index.ts';
import { createFormats } from '../index.ts';
import { networkFailure } from './network-failure.ts';

const { time, size, day } = createFormats('nl');
const outcomes: Readonly<Record<string, string>> = {
  ended: 'is gestopt',
  'timed-out': 'gaf niet op tijd een openbare URL',
};
const outcome = ({ outcome: name, output }: MessageParameters): string =>
  `${outcomes[String(name)] ?? ''}${output ? ` (uitvoer: ${output})` : ''}`;
const pastProxy = ({ proxy, edgePort }: MessageParameters): string =>
  proxy === undefined
    ? ''
    : ` cloudflared kan niet via de proxy ${proxy} verbinden: het heeft een rechtstreekse verbinding met poort ${edgePort} van Cloudflare nodig. Vraag de beheerder van het netwerk om die toe te staan, of kies een andere tunnel bij Instellingen → Tunnel.`;

/** The variant of the signature as the beginning of a text; empty where unknown. */
const behind = (variant: MessageParameters[string] | undefined): string =>
  variant === undefined ? '' : `${variant}; `;

/** The tunnel, the network and the receiver, in Dutch. */
export const tunnelMessages: MessageCatalogue = {
  tunnel: {
    notConfigured:
      'Er is geen openbare URL, dus callbacks kunnen deze computer niet bereiken. Stel een tunnel in bij Instellingen → Tunnel.',
    connecting: 'Er is nog geen openbare URL: de tunnel verbindt nog. Probeer het zo dadelijk opnieuw.',
    receiverDown: 'De ontvanger luistert niet.',
    internal: 'De tunnel is gestopt door een onverwachte fout. Zie het logboek voor details.',
    unavailable: 'Er is geen openbare URL.',
    tryLater: 'Probeer het later opnieuw, of controleer Instellingen → Tunnel.',
    noResponse: (p) => `De openbare URL ${p.url} antwoordt niet (${networkFailure(p)}).`,
    redirect:
      'De openbare URL antwoordt met een omleiding (status {{status}}), die callbacks niet volgen. Gebruik de URL waarnaar wordt omgeleid.',
    gatewayError: 'De openbare URL antwoordt, maar leidt niet naar deze computer (status {{status}}).',
    differentPage: 'De openbare URL antwoordt met een andere pagina (status {{status}}).',
    bodyChanged:
      'De openbare URL verandert de inhoud van verzoeken onderweg, dus geen handtekening kan worden gecontroleerd. Gebruik een tunnel of reverse proxy die de inhoud ongewijzigd doorgeeft.',
    prefixAdded:
      'Verzoeken aan de openbare URL komen hier aan onder {{prefix}}/in/… in plaats van /in/…: de reverse proxy moet “{{prefix}}” weglaten. Diagnose toont de te wijzigen regel.',
    suffixAdded:
      'Verzoeken aan de openbare URL komen hier aan met “{{suffix}}” achter hun pad: de reverse proxy moet het pad ongewijzigd doorgeven. Diagnose toont de te wijzigen regel.',
    doubleSlash:
      'Verzoeken aan de openbare URL komen hier aan met een dubbele schuine streep in hun pad: de reverse proxy moet het pad ongewijzigd doorgeven. Diagnose toont de te wijzigen regel.',
    pathRewritten:
      'Verzoeken aan de openbare URL komen hier aan op {{path}} in plaats van /in/…: de reverse proxy moet het pad ongewijzigd doorgeven. Diagnose toont de te wijzigen regel.',
    otherProtocol:
      'De reverse proxy stuurt {{protocol}} naar deze computer, die gewoon HTTP/1.1 accepteert. Diagnose toont de te wijzigen regel.',
    confirmedByDelivery: ({ at }) =>
      `Deze computer kan de openbare URL zelf niet bereiken, maar op ${time(at)} kwam er een callback doorheen.`,
    trusted:
      'Deze computer kan de openbare URL niet controleren. Hij geldt als bereikbaar omdat je hem vertrouwt bij Instellingen → Tunnel.',
    serverNoResponse: (p) => `De tunnelserver ${p.server} antwoordt niet (${networkFailure(p)}).`,
    noUrlAssigned: ({ server, status, detail }) =>
      `De tunnelserver ${server} wees geen URL toe (status ${status})${detail ? `: ${detail}` : ''}.`,
    serverPortUnreachable:
      'De tunnelserver {{server}} wees een URL toe, maar zijn poort {{port}} is niet bereikbaar. Misschien blokkeert een firewall hem.',
    proxyRejects: (p) =>
      `De tunnel kan niet verbinden met poort ${p.port} van ${p.host} (${networkFailure({ step: 'proxy', ...p })}).${p.status === 407 ? '' : ' Vraag de beheerder van de proxy om deze poort toe te staan, of kies een andere tunnel bij Instellingen → Tunnel.'}`,
    differentName: 'De tunnelserver wees de naam {{assigned}} toe in plaats van {{requested}}.',
    sshMissing:
      'ssh is niet op deze computer geïnstalleerd. Installeer OpenSSH; in Windows is het een van de optionele onderdelen.',
    sshHostKeyChanged:
      'De hostsleutel van {{host}} is veranderd. De server is opnieuw geïnstalleerd, of iemand onderschept de verbinding: vraag het de beheerder. Verwijder daarna de oude sleutel met “ssh-keygen -R {{host}}”.',
    sshHostKeyUnknown:
      'De hostsleutel van {{host}} is niet bekend. Voer eenmaal “{{command}}” uit in een terminal en accepteer de sleutel als het de juiste is.',
    sshAgentLocked:
      'Je SSH-agent heeft niet ondertekend: zijn sleutel is vergrendeld of vraagt bevestiging. Ontgrendel hem met “ssh-add” tot “{{command}}” zonder vraag verbindt.',
    sshKeysRejected:
      '{{host}} accepteerde geen van je SSH-sleutels, en Ringback kan geen wachtwoorden invoeren. Voeg je sleutel op de server toe en laad hem met “ssh-add” tot “{{command}}” zonder vraag verbindt.',
    sshPortUnavailable:
      '{{host}} stuurt zijn poort {{remotePort}} niet door: een eerdere verbinding gebruikt hem misschien nog, of doorsturen is niet toegestaan (AllowTcpForwarding, PermitListen).',
    sshNameNotFound: 'De hostnaam {{host}} kan niet worden opgezocht.',
    sshConnectionRefused: '{{host}} weigerde de SSH-verbinding.',
    sshNoResponse: '{{host}} antwoordt niet op SSH.',
    sshConnectionClosed: '{{host}} verbrak de SSH-verbinding.',
    sshConfigurationInvalid:
      'Je SSH-configuratie bevat een fout. Voer “{{command}}” uit in een terminal om die te zien.',
    sshFailed: (p) => `De SSH-verbinding ${outcome(p)}.`,
    cloudflaredMissing:
      'cloudflared is niet op deze computer geïnstalleerd. Installeer het van Cloudflare; Ringback vindt het vanzelf.',
    quickTunnelsLimited:
      'Cloudflare geeft voorlopig geen snelle tunnels meer, omdat er te veel zijn aangevraagd (status 429). Ringback probeert het over ongeveer {{minutes}} minuten opnieuw. Een benoemde tunnel heeft deze grens niet.',
    quickTunnelFailed: (p) => `De snelle tunnel van cloudflared ${outcome(p)}.${pastProxy(p)}`,
    namedTunnelRejected: ({ tunnel, output }) =>
      `cloudflared kan de tunnel ${tunnel} niet openen${output ? ` (uitvoer: ${output})` : ''}. Voer “cloudflared tunnel login” en “cloudflared tunnel list” uit in een terminal, en vul de naam in die daar staat.`,
    namedTunnelFailed: (p) => `De cloudflared-tunnel ${p.tunnel} ${outcome(p)}.${pastProxy(p)}`,
  },
  network: {
    failed: networkFailure,
    status: 'status {{status}}',
    closing: 'Ringback sluit af en heeft niet op {{host}} gewacht.',
    timeout: '{{host}} antwoordde niet op tijd. Controleer de internetverbinding en probeer het opnieuw.',
    responseTooLong: 'Het antwoord van {{host}} is langer dan de {{limit}} bytes die Ringback leest.',
    unreachable: (p) =>
      `${p.host} is niet bereikbaar (${networkFailure(p)}). Controleer de internetverbinding en het adres.`,
    untrusted: (p) =>
      `${p.host} toont een certificaat dat niet wordt vertrouwd (${networkFailure(p)}); er is niets verstuurd. Controleer het adres, het netwerk en de klok van deze computer.`,
  },
  rejections: {
    bodyTooLarge: 'De inhoud is groter dan 1 MB.',
    headersTooLarge: 'De headers zijn groter dan 16 kB.',
    malformed: 'Het verzoek volgt HTTP niet ({{code}}).',
    compressed: 'De inhoud is gecomprimeerd ({{codings}}); de handtekening klopt niet, en uitpakken lukt evenmin.',
    notStored:
      'Alleen de reden is opgeslagen: van te grote leveringen, van vele binnen een minuut en van oudere wordt de inhoud niet bewaard.',
    storedInPart: (p) =>
      `De inhoud is ${size(p.size)} lang, waarvan de eerste ${size(p.stored)} zijn opgeslagen, zodat de handtekening niet opnieuw kan worden gecontroleerd.`,
    hookGone:
      'Waar dit naartoe is gestuurd bestaat niet meer of is geen hook, dus er is geen geheim om het mee te controleren.',
    acceptedNow:
      'Met de geheimen die nu bekend zijn zou dit worden geaccepteerd: het geheim is opgeslagen nadat deze levering kwam. Als de afzender het opnieuw probeert, wordt het geaccepteerd.',
    expiredSecret: (p) =>
      `Dit is ondertekend met een geheim dat deze hook tot ${day(p.until)} had. De afzender gebruikt het oude nog: vernieuw het geheim van de hook.`,
    otherHook:
      'De handtekening is van een andere hook: {{hook}}. De callbacks daarvan worden naar de URL van deze gestuurd.',
    unknownSecret:
      'Geen van de bekende geheimen heeft deze bytes ondertekend: ze zijn onderweg veranderd, ondertekend met een geheim dat Ringback niet heeft, of vervalst. Controleer ze met het geheim dat de afzender gebruikt.',
    emptyBody:
      'De inhoud is leeg. Een omleiding of een proxy heeft die weggelaten: de URL die bij de provider is geregistreerd moet rechtstreeks hierheen leiden.',
    cutBody: (p) =>
      `De inhoud is na ${size(p.bytes)} afgekapt: de JSON heeft geen einde. Een proxy of tunnel begrenst de grootte van verzoeken.`,
    notCheckable:
      'Deze levering kan niet opnieuw worden gecontroleerd: de hook of de hele inhoud is niet meer opgeslagen.',
  },
  ingress: {
    sample: (p) => `Voorbeeld: ${p.title}`,
    unverified: (p) => `Niet gecontroleerd: ${p.title}`,
    unreadable: 'Onleesbare callback van {{hook}}',
    unreadableSigned: 'De handtekening is geldig, maar Ringback kan de inhoud niet lezen.',
    unreadableAddressed: 'Verstuurd naar de geheime URL, zonder handtekening, en Ringback kan de inhoud niet lezen.',
    unreadableUnsigned:
      'Niet ondertekend: iedereen die de URL kent, kan dit hebben verstuurd. Ringback kan de inhoud niet lezen.',
    compressedSigned: (p) => `${behind(p.variant)}${p.codings}; de handtekening geldt voor de gecomprimeerde bytes`,
    plainSigned: (p) => `${behind(p.variant)}${p.codings}; de handtekening geldt voor de inhoud vóór compressie`,
    notStoredInTime:
      'De schijf heeft een callback niet binnen {{seconds}} seconden opgeslagen. Hij wordt opgeslagen zodra de schijf reageert.',
    overloaded: 'Er komen meer callbacks binnen dan kunnen worden opgeslagen, zoals wanneer de schijf traag is.',
    portInUse:
      'Poort {{port}} is in gebruik door een ander programma. Sluit het, of kies een andere poort bij de instellingen.',
    portUnusable: 'Poort {{port}} kan niet voor de ontvanger worden gebruikt ({{reason}}).',
    addressUnusable:
      'De ontvanger kan poort {{port}} van {{address}} niet gebruiken ({{reason}}). Zet RINGBACK_RECEIVER_BIND op een adres van deze computer.',
  },
  proxy: {
    passwordLost:
      'Het wachtwoord van de proxy kan niet meer worden gelezen omdat de sleutelopslag is veranderd. Voer het opnieuw in bij Instellingen → Netwerk.',
  },
};
