export { type Sandbox, startSandbox } from './sandbox.ts';
export {
  type SandboxAddresses,
  type SandboxService,
  type SandboxServiceOptions,
  type ServiceBehaviour,
  ServiceFault,
  startSandboxService,
} from './service.ts';
