export { accountName, apsFields, apsSignIn, baseUrlOf, call, legOf, limitationsOf, signIn } from './api.ts';
export { type CloudEvent, cloudEventIdentity, cloudEventIn, readCloudEvent } from './cloud-event.ts';
export { detailOf, rejectionOf } from './error-response.ts';
export { integrationsLink, portalLink, webhooksLink } from './links.ts';
export { decodeUrn, fileKey, isTechnical, named, objectKey, shortId } from './names.ts';
export { clean, type Fields, fields, joined, list, parseTime, size, text, words } from './payload.ts';
export { regionOf, regions } from './regions.ts';
export { hiddenIn } from './session.ts';
export { signatureHeader, verifyEitherSignature, verifySignature } from './signature.ts';
