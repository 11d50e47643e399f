import type { Connections } from '../connections/index.ts';
import { RingbackError } from '../errors.ts';
import type { Hooks } from '../hooks/index.ts';
import { installationMessages } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';
import type { Installation, StoredSettings } from '../storage/index.ts';
import type { Team } from '../team/index.ts';
import type { Endpoint } from '../tunnel/index.ts';

interface InstallationMethodsOptions {
  readonly ports: Pick<Ports, 'startSandbox'>;
  readonly installation: Installation;
  readonly settings: StoredSettings;
  readonly endpoint: Endpoint;
  readonly connections: Connections;
  readonly hooks: Hooks;
  readonly team: Pick<Team, 'settle' | 'takeOver' | 'status' | 'standing'>;
}

/** The contract's questions about a data folder that was copied from another computer, and about the sandbox beside it. */
export function installationMethods(
  options: InstallationMethodsOptions,
): MethodHandlers<MethodsOf<'installation' | 'sandbox'> | 'team.takeOver'> {
  const { ports, installation, settings, endpoint, connections, hooks, team } = options;
  const isUndecided = (): boolean => installation.isCopied || installation.duplicate !== undefined;
  const choose = async (choice: 'take-over' | 'new'): Promise<void> => {
    if (choice === 'new') {
      // They stay at the provider, and belong to the other computer.
      for (const { id } of connections.list()) await hooks.removeAll(id, true);
    }
    await team.settle(choice, () => (choice === 'take-over' ? installation.takeOver() : installation.renew()));
    await endpoint.use(settings.value);
    hooks.scheduleReconcile();
  };
  return {
    async 'installation.choose'({ choice }) {
      if (!isUndecided()) throw new RingbackError('conflict', installationMessages.notCopied());
      await choose(choice);
      return {};
    },
    async 'team.takeOver'() {
      if (!isUndecided() || team.standing.role !== 'receiver') return team.takeOver();
      await choose('take-over');
      return team.status();
    },
    async 'sandbox.start'() {
      if (!ports.startSandbox) throw new RingbackError('conflict', installationMessages.noSandbox());
      try {
        await ports.startSandbox();
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new RingbackError('internal', installationMessages.sandboxFailed({ reason }), { cause });
      }
      return {};
    },
  };
}
