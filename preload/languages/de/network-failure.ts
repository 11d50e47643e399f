import type { MessageParameters } from '../index.ts';

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Verbindung abgelehnt',
  ECONNRESET: 'Verbindung getrennt',
  UND_ERR_SOCKET: 'Verbindung getrennt',
  ENOTFOUND: 'Hostname nicht gefunden',
  EAI_AGAIN: 'Namensauflösung fehlgeschlagen',
  ENETUNREACH: 'kein Netzwerk',
  EHOSTUNREACH: 'kein Weg zum Host',
  ETIMEDOUT: 'Zeit abgelaufen',
  TimeoutError: 'Zeit abgelaufen',
  UND_ERR_CONNECT_TIMEOUT: 'Zeit für den Verbindungsaufbau abgelaufen',
  UND_ERR_HEADERS_TIMEOUT: 'Zeit abgelaufen',
  UND_ERR_BODY_TIMEOUT: 'Zeit abgelaufen',
  EPIPE: 'Verbindung getrennt',
  ERR_SSL_WRONG_VERSION_NUMBER: 'die Antwort ist nicht verschlüsselt',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'die Antwort ist nicht verschlüsselt',
  HPE_INVALID_CONSTANT: 'die Antwort ist kein HTTP',
  HPE_INVALID_VERSION: 'die Antwort nennt eine ungültige HTTP-Version',
  HPE_INVALID_STATUS: 'die Antwort hat einen ungültigen Status',
  HPE_INVALID_HEADER_TOKEN: 'die Antwort hat einen ungültigen Header',
  HPE_INVALID_CONTENT_LENGTH: 'die Antwort hat eine ungültige Content-Length',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'die Antwort hat zwei Längen',
  HPE_INVALID_TRANSFER_ENCODING: 'die Antwort hat ein ungültiges Transfer-Encoding',
  HPE_INVALID_CHUNK_SIZE: 'die Antwort hat einen ungültigen Chunk',
  HPE_HEADER_OVERFLOW: 'die Header der Antwort sind zu lang',
  UND_ERR_HEADERS_OVERFLOW: 'die Header der Antwort sind zu lang',
  CERT_HAS_EXPIRED: 'das Zertifikat ist abgelaufen',
  CERT_NOT_YET_VALID: 'das Zertifikat ist noch nicht gültig; prüfen Sie die Uhr dieses Computers',
  ERR_TLS_CERT_ALTNAME_INVALID: 'das Zertifikat gilt für einen anderen Host',
};

/** Why a request got no response, in German, for the end of a sentence. */
export function networkFailure(failure: MessageParameters): string {
  const { step, proxy, status, credentials, schemes, cause, issuer } = failure;
  const isCertificate = issuer !== undefined || /CERT/.test(String(cause));
  if (step !== 'proxy')
    return `${reason(failure)}${proxy === undefined || isCertificate ? '' : `, über den Proxy ${proxy}`}`;
  if (proxy === undefined) return 'die Proxy-Konfiguration des Systems kann nicht gelesen werden';
  if (schemes) return `der Proxy ${proxy} bietet nur die Anmeldung mit ${schemes} an, und Ringback kennt Basic`;
  if (credentials)
    return `der Proxy ${proxy} akzeptiert Benutzername und Passwort nicht; siehe Einstellungen → Netzwerk`;
  if (status === 407) return `der Proxy ${proxy} verlangt Benutzername und Passwort; siehe Einstellungen → Netzwerk`;
  if (status !== undefined) return `der Proxy ${proxy} lehnte die Verbindung mit Status ${status} ab`;
  if (cause === 'ERR_PROXY_UNSUPPORTED') return `der Proxy ${proxy} ist weder ein http- noch ein https-Proxy`;
  return `keine Verbindung zum Proxy ${proxy}: ${reason(failure)}`;
}

function reason({ cause = '', issuer }: MessageParameters): string {
  if (issuer !== undefined) return `das Zertifikat ist von „${issuer}“ signiert, dem dieser Computer nicht vertraut`;
  return causes[String(cause)] ?? (String(cause) || 'keine Verbindung');
}
