import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { AuthenticationClient, ResponseType, Scopes, TokenTypeHint } from '@aps_sdk/authentication';
import { ApsConfiguration, SdkManagerBuilder } from '@aps_sdk/autodesk-sdkmanager';
import { DataManagementClient } from '@aps_sdk/data-management';
import { ModelDerivativeClient, OutputType, View } from '@aps_sdk/model-derivative';
import { OssClient, PolicyKey, Region } from '@aps_sdk/oss';
import { expect, test } from 'vitest';
import type { ApsOptions } from '../../../main/sandbox/aps/index.ts';
import { until } from '../../support/temporary.ts';
import { openAps } from '../caller.ts';

/** Autodesk's own clients, which know the simulator's address and nothing else of it. */
async function openClients(options: ApsOptions = {}) {
  const aps = await openAps(options);
  const configuration = new ApsConfiguration({});
  // The clients put paths right behind it, and a URL would end with a slash.
  configuration.baseAddress = aps.url as unknown as URL;
  const sdkManager = SdkManagerBuilder.create().addApsConfiguration(configuration).build();
  sdkManager.logger.setEnabled(false);
  const scopes = [
    ...[Scopes.DataRead, Scopes.DataWrite, Scopes.DataCreate],
    ...[Scopes.BucketCreate, Scopes.BucketRead, Scopes.BucketDelete],
  ];
  const authentication = new AuthenticationClient({ sdkManager });
  const token = await authentication.getTwoLeggedToken(aps.clientId, aps.clientSecret, scopes);
  const authenticationProvider = { getAccessToken: async () => token.access_token };
  const given = { sdkManager, authenticationProvider };
  return {
    ...{ aps, authentication, token },
    data: new DataManagementClient(given),
    derivative: new ModelDerivativeClient(given),
    storage: new OssClient(given),
  };
}

test('the authentication SDK signs in a person, renews, introspects and revokes', async () => {
  const { aps, authentication } = await openClients({ consent: 'allow' });
  const [redirectUri = ''] = aps.redirectUris;
  const scopes = [Scopes.DataRead, 'openid' as Scopes];
  const page = authentication.authorize(aps.clientId, ResponseType.Code, redirectUri, scopes, { nonce: 'n-1' });
  const answer = await fetch(page, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const secret = { clientSecret: aps.clientSecret };
  const first = await authentication.getThreeLeggedToken(aps.clientId, code, redirectUri, secret);
  const second = await authentication.refreshToken(first.refresh_token ?? '', aps.clientId, secret);
  const token = second.access_token ?? '';
  expect(await authentication.introspectToken(token, aps.clientId, secret)).toMatchObject({
    active: true,
    scope: 'data:read openid',
    client_id: aps.clientId,
  });
  await authentication.revoke(token, aps.clientId, TokenTypeHint.AccessToken, secret);
  expect(await authentication.introspectToken(token, aps.clientId, secret)).toMatchObject({ active: false });
});

test('an ID token verifies with the key that the discovery document leads to', async () => {
  const { aps, authentication } = await openClients({ consent: 'allow' });
  const [redirectUri = ''] = aps.redirectUris;
  const query = new URLSearchParams({
    ...{ client_id: aps.clientId, response_type: 'code', redirect_uri: redirectUri },
    ...{ scope: 'openid', nonce: 'n-1' },
  });
  const answer = await fetch(`${aps.url}/authentication/v2/authorize?${query}`, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const given = { clientSecret: aps.clientSecret };
  const tokens = await authentication.getThreeLeggedToken(aps.clientId, code, redirectUri, given);
  const [head = '', claims = '', signature = ''] = String(Reflect.get(tokens, 'id_token')).split('.');
  const specification = await authentication.getOidcSpec();
  expect(specification).toMatchObject({ issuer: aps.url, jwks_uri: `${aps.url}/authentication/v2/keys` });
  const [key] = (await authentication.getKeys()).keys ?? [];
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  expect(verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    ...{ iss: aps.url, aud: aps.clientId, nonce: 'n-1' },
  });
});

test('the data management SDK walks from the hubs to the tip of a file', async () => {
  const { aps, data } = await openClients();
  const { hubId, projectId, folder, rootFolder } = aps.project;
  const hubs = await data.getHubs();
  expect(hubs.data?.map(({ id }) => id)).toContain(hubId);
  expect((await data.getHub(hubId)).data?.attributes?.name).toBe('Example Construction');
  expect((await data.getHubProjects(hubId)).data?.map(({ id }) => id)).toContain(projectId);
  expect((await data.getProject(hubId, projectId)).data?.attributes?.name).toBe('Tower');
  expect((await data.getProjectHub(hubId, projectId)).data?.id).toBe(hubId);
  expect((await data.getProjectTopFolders(hubId, projectId)).data?.map(({ id }) => id)).toContain(rootFolder);
  expect((await data.getFolder(projectId, folder)).data?.attributes?.name).toBe('Structural');
  expect((await data.getFolderParent(projectId, folder)).data?.id).toBe(rootFolder);
  const [entry] = (await data.getFolderContents(projectId, folder)).data ?? [];
  const item = entry?.id ?? '';
  expect((await data.getItem(projectId, item)).data?.id).toBe(item);
  const tip = (await data.getItemTip(projectId, item)).data?.id ?? '';
  const versions = (await data.getItemVersions(projectId, item)).data ?? [];
  expect(versions.map(({ id }) => id)).toEqual([tip, tip.replace('=3', '=2'), tip.replace('=3', '=1')]);
  expect((await data.getVersion(projectId, tip)).data?.id).toBe(tip);
  expect((await data.getVersionItem(projectId, tip)).data?.id).toBe(item);
  await expect(data.getVersion(projectId, tip.replace('=3', '=4'))).rejects.toThrow('404');
});

test('the model derivative SDK translates, reads manifest and views, and deletes them', async () => {
  const { derivative } = await openClients({ translationTime: 0 });
  const urn = Buffer.from('urn:adsk.objects:os.object:sandbox/pump.ipt').toString('base64url');
  const formats = [{ type: OutputType.Svf2, views: [View._3d] }];
  const job = await derivative.startJob({ input: { urn }, output: { formats } } as Parameters<
    typeof derivative.startJob
  >[0]);
  expect(job.result).toBe('success');
  await until(async () => (await derivative.getManifest(urn)).status === 'success');
  const views = (await derivative.getModelViews(urn)).data.metadata;
  expect(views).toMatchObject([{ role: '3d' }]);
  const [{ guid } = { guid: '' }] = views;
  expect((await derivative.getObjectTree(urn, guid)).data.objects).toMatchObject([{ name: 'pump.ipt' }]);
  expect((await derivative.getAllProperties(urn, guid)).data.collection).toHaveLength(2);
  expect(await derivative.deleteManifest(urn)).toMatchObject({ result: 'success' });
  await expect(derivative.getManifest(urn)).rejects.toThrow();
});

test('the storage SDK creates a bucket, and sends and fetches an object in parts', async () => {
  const { storage } = await openClients();
  const bucket = { bucketKey: 'sandbox-test', policyKey: PolicyKey.Transient };
  expect(await storage.createBucket(Region.Us, bucket)).toMatchObject(bucket);
  await expect(storage.createBucket(Region.Us, bucket)).rejects.toThrow('409');
  expect((await storage.getBuckets()).items).toMatchObject([bucket]);
  // Two parts, and bytes that are no text.
  const bytes = randomBytes(6 * 1024 * 1024);
  const stored = await storage.uploadObject('sandbox-test', 'parts/pump one.ipt', bytes);
  expect(stored).toBeDefined();
  const details = await storage.getObjectDetails('sandbox-test', 'parts/pump one.ipt');
  expect(details).toMatchObject({
    size: bytes.length,
    objectId: 'urn:adsk.objects:os.object:sandbox-test/parts/pump one.ipt',
  });
  const { url = '' } = await storage.signedS3Download('sandbox-test', 'parts/pump one.ipt');
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
  await storage.uploadObject('sandbox-test', 'note.txt', Buffer.from('hello'));
  expect((await storage.getObjects('sandbox-test')).items).toMatchObject([
    { objectKey: 'note.txt', size: 5 },
    { objectKey: 'parts/pump one.ipt' },
  ]);
  await storage.deleteObject('sandbox-test', 'note.txt');
  await expect(storage.getObjectDetails('sandbox-test', 'note.txt')).rejects.toThrow('404');
  await storage.deleteBucket('sandbox-test');
  expect((await storage.getBuckets()).items).toEqual([]);
});
