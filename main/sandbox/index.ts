export { type Sandbox, startSandbox } from './sandbox.ts';
export {
  type SandboxAddresses,
  type SandboxService,
  type SandboxServiceOptions,
  ServiceFault,
  startSandboxService,
} from './service.ts';
