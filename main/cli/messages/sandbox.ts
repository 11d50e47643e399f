import { defineMessages } from '../../engine/messages/index.ts';

/** The simulators. */
export const sandboxMessages = defineMessages('cliSandbox', {
  description: () => 'Run simulators of Autodesk Platform Services and Autoflex10, for tests of your own programs',
  port: () => 'of the control endpoint; any free one when absent',
  apsPort: () => 'of Autodesk Platform Services',
  autoflexPort: () => 'of Autoflex10',
  seed: () => 'the same ids, tokens and secrets each time',
  time: () => 'the time to begin at, such as 2026-01-01T00:00:00Z',
  fault: () => 'a fault from the start; may be repeated',
  behaviour: () => 'how the services behave, from the start and after each reset',
  remarks:
    () => `Prints where they are and who may sign in, as one line of JSON with --json, then answers until it is interrupted.
A fault is JSON: {"service":"aps" or "autoflex","method","path","times","status","retryAfter","body","cut","hang"}.
Behaviour is JSON: {"aps":{"tokenLifetime":60,"hubs":"none"},"autoflex":{"order":{"notReady":2}}}; it changes only what is given.

Control endpoint, JSON everywhere:
  GET  /           the addresses, who may sign in, the time
  POST /reset      {}: forgets all that happened; ports stay, and with --seed all else too
  POST /clock      {"time":"2026-01-01T00:00:00Z"} or {"advance":3600} (seconds)
  POST /faults     a fault, as above
  GET  /behaviour  how the services behave: every name with its value
  POST /behaviour  changes it until the next reset, as above; a name or a value that does not exist is answered 400
What happens in the cloud, what was asked and what was called back: POST and GET /sandbox of each simulator.

What it does not simulate:
  - permissions of persons, accounts and projects: whoever is signed in may see the one project there is
  - rate limits and outages, unless a fault orders them
  - the work itself: translations and backups end with made-up content; a model view has two made-up objects
  - files in projects have no bytes; objects in buckets do, in memory, in parts of up to 64 MB, and S3 is at /s3 of the same port
  - access tokens are no JWTs; ID tokens are, signed by a key of each run
  - timers follow the computer's clock: moving the time ends tokens, links and hooks, but speeds up no retry
  - all of Autodesk's services: what is missing is answered 404, such as creating folders and versions, batches and copies of
    objects, and derivatives to download
With a seed, ids, tokens and secrets repeat; ids in error bodies and certificates do not.`,
  badBehaviour: ({ detail }: { detail: string }) => `--behaviour is not valid. ${detail}`,
  cannotListen: ({ detail }: { detail: string }) => `No simulator can listen there: ${detail}. Choose another port.`,
  badTime: ({ text }: { text: string }) => `--time needs a time such as 2026-01-01T00:00:00Z, not "${text}".`,
  badJson: ({ option, example, text }: { option: string; example: string; text: string }) =>
    `${option} needs JSON such as ${example}, not "${text}". See: ringback sandbox --help`,
  running: () => 'The simulators run until they are interrupted.',
  control: () => 'Control endpoint',
  clientId: () => 'client id',
  clientSecret: () => 'client secret',
  publicClientId: () => 'client id without a secret',
  username: () => 'username',
  apiKey: () => 'API key',
  password: () => 'password',
});
