import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { toApiFault, toFault } from '../../../main/platform/nats/fault.ts';

const apiError = (err_code: number) => new JetStreamApiError({ code: 503, err_code, description: 'said the server' });
const wrapped = (cause: Error) => new errors.RequestError(cause.message, { cause });

test.each([
  [new errors.AuthorizationError('Authorization Violation'), 'keyRejected'],
  [new errors.AuthorizationError('Authentication Timeout'), 'signInTimeout'],
  [new errors.AuthorizationError('Account Authentication Expired'), 'credentialsExpired'],
  [new errors.UserAuthenticationExpiredError('User Authentication Expired'), 'credentialsExpired'],
  [new errors.ProtocolError('maximum connections exceeded'), 'tooManyConnections'],
  [new errors.ProtocolError('maximum account active connections exceeded'), 'tooManyConnections'],
  [new errors.ProtocolError('Secure Connection - TLS Required'), 'other'],
  [new errors.ConnectionError("server does not support 'tls'"), 'unencrypted'],
  [wrapped(new errors.PermissionViolationError('denied', 'publish', 'subject')), 'forbidden'],
  [wrapped(new errors.NoRespondersError('subject')), 'noResponse'],
  [new errors.TimeoutError(), 'noResponse'],
  [Object.assign(new Error('jetstream is not enabled'), { name: 'JetStreamNotEnabled' }), 'storageDisabled'],
  [apiError(10_039), 'storageDisabled'],
  [apiError(10_076), 'storageDisabled'],
  [apiError(10_047), 'storageFull'],
  [apiError(10_077), 'storageFull'],
  [apiError(10_014), 'missing'],
  [apiError(10_059), 'missing'],
  [apiError(10_065), 'other'],
  [new Error('anything else'), 'other'],
  ['a text', 'other'],
])('%o is the fault %s', (error, fault) => {
  expect(toFault(error).fault).toBe(fault);
});

test('a fault stays what it is, and says what it said', () => {
  const fault = toApiFault({ err_code: 10_023, description: 'insufficient resources' });
  expect(fault).toMatchObject({ fault: 'storageFull', message: 'insufficient resources' });
  expect(toFault(fault)).toBe(fault);
  expect(toFault(new Error('closed'), 'unreachable')).toMatchObject({ fault: 'unreachable', message: 'closed' });
});
