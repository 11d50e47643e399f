export { decrypt, encrypt } from './cipher.ts';
export { decryptWith, encryptFor } from './member-encryption.ts';
export {
  createId,
  createSigningKey,
  createTeamKey,
  createUserKey,
  readPublicKey,
  readSigningKey,
  readUserKey,
} from './pairs.ts';
export { createContentKey, createKeyRing, formatTeamKeys, type KeyRing, parseTeamKeys, type TeamKey } from './ring.ts';
