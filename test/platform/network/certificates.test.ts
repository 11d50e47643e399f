import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { authorityFile, serveSecurely } from '../../support/certificates.ts';

const run = promisify(execFile);

test.runIf(process.platform === 'linux')(
  "an authority of the operating system's is trusted beside those of Node",
  async () => {
    const { port } = await serveSecurely((_, response) => response.end('trusted'));
    const index = new URL('../../../main/platform/network/index.ts', import.meta.url).href;
    const script = `
    const { createNetwork, trustSystemCertificates } = await import('${index}');
    const network = createNetwork({ system: { environment: {} } });
    const get = () => network.fetch('https://localhost:${port}/').then((response) => response.text(), (error) => error.cause.step);
    const before = await get();
    const added = trustSystemCertificates(console.error);
    console.log(JSON.stringify([before, added > 0, await get(), trustSystemCertificates(console.error)]));
    await network.close();`;
    // OpenSSL reads the system's certificates from this file.
    const env = { ...process.env, SSL_CERT_FILE: authorityFile };
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
    expect(JSON.parse(stdout)).toEqual(['tls', true, 'trusted', 0]);
  },
);
