import type { MessageParameters } from '../index.ts';

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'verbinding geweigerd',
  ECONNRESET: 'verbinding verbroken',
  UND_ERR_SOCKET: 'verbinding verbroken',
  ENOTFOUND: 'hostnaam niet gevonden',
  EAI_AGAIN: 'opzoeken van de naam mislukt',
  ENETUNREACH: 'geen netwerk',
  EHOSTUNREACH: 'geen route naar de host',
  ETIMEDOUT: 'tijd verstreken',
  TimeoutError: 'tijd verstreken',
  UND_ERR_CONNECT_TIMEOUT: 'tijd voor het verbinden verstreken',
  UND_ERR_HEADERS_TIMEOUT: 'tijd verstreken',
  UND_ERR_BODY_TIMEOUT: 'tijd verstreken',
  EPIPE: 'verbinding verbroken',
  ERR_SSL_WRONG_VERSION_NUMBER: 'het antwoord is niet versleuteld',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'het antwoord is niet versleuteld',
  HPE_INVALID_CONSTANT: 'het antwoord is geen HTTP',
  HPE_INVALID_VERSION: 'het antwoord noemt een ongeldige HTTP-versie',
  HPE_INVALID_STATUS: 'het antwoord heeft een ongeldige status',
  HPE_INVALID_HEADER_TOKEN: 'het antwoord heeft een ongeldige header',
  HPE_INVALID_CONTENT_LENGTH: 'het antwoord heeft een ongeldige Content-Length',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'het antwoord heeft twee lengtes',
  HPE_INVALID_TRANSFER_ENCODING: 'het antwoord heeft een ongeldige Transfer-Encoding',
  HPE_INVALID_CHUNK_SIZE: 'het antwoord heeft een ongeldige chunk',
  HPE_HEADER_OVERFLOW: 'de headers van het antwoord zijn te lang',
  UND_ERR_HEADERS_OVERFLOW: 'de headers van het antwoord zijn te lang',
  CERT_HAS_EXPIRED: 'het certificaat is verlopen',
  CERT_NOT_YET_VALID: 'het certificaat is nog niet geldig; controleer de klok van deze computer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'het certificaat is voor een andere host',
};

/** Why a request got no response, in Dutch, for the end of a sentence. */
export function networkFailure(failure: MessageParameters): string {
  const { step, proxy, status, credentials, schemes, cause, issuer } = failure;
  const isCertificate = issuer !== undefined || /CERT/.test(String(cause));
  if (step !== 'proxy')
    return `${reason(failure)}${proxy === undefined || isCertificate ? '' : `, via de proxy ${proxy}`}`;
  if (proxy === undefined) return 'de proxyconfiguratie van het systeem kan niet worden gelezen';
  if (schemes) return `de proxy ${proxy} biedt alleen aanmelding met ${schemes} aan, en Ringback kent Basic`;
  if (credentials)
    return `de proxy ${proxy} accepteert de gebruikersnaam en het wachtwoord niet; zie Instellingen → Netwerk`;
  if (status === 407) return `de proxy ${proxy} vraagt een gebruikersnaam en wachtwoord; zie Instellingen → Netwerk`;
  if (status !== undefined) return `de proxy ${proxy} weigerde de verbinding met status ${status}`;
  if (cause === 'ERR_PROXY_UNSUPPORTED') return `de proxy ${proxy} is geen http- of https-proxy`;
  return `geen verbinding met de proxy ${proxy}: ${reason(failure)}`;
}

function reason({ cause = '', issuer }: MessageParameters): string {
  if (issuer !== undefined) return `het certificaat is ondertekend door “${issuer}”, die deze computer niet vertrouwt`;
  return causes[String(cause)] ?? (String(cause) || 'geen verbinding');
}
