import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program of the system and resolves with its output. */
type Run = (program: string, parameters: readonly string[]) => Promise<string>;

interface Question {
  readonly program: string;
  readonly parameters: readonly string[];
  isMetered(printed: string): boolean;
}

const networkManager = 'org.freedesktop.NetworkManager';

const questions: Partial<Record<NodeJS.Platform, Question>> = {
  linux: {
    program: 'busctl',
    parameters: ['get-property', networkManager, '/org/freedesktop/NetworkManager', networkManager, 'Metered'],
    // NMMetered: 1 is yes, 3 is "guessed yes".
    isMetered: (printed) => /^u [13]\s*$/.test(printed),
  },
  win32: {
    program: 'powershell.exe',
    parameters: [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      '$type = [Windows.Networking.Connectivity.NetworkInformation, Windows.Networking.Connectivity, ContentType = WindowsRuntime]; ' +
        '$type::GetInternetConnectionProfile().GetConnectionCost().NetworkCostType',
    ],
    isMetered: (printed) => /^(Fixed|Variable)\s*$/.test(printed),
  },
};

/**
 * Queries the system whether the connection is metered; false where that cannot be determined. Undefined where the
 * system has no such property.
 */
export function createMeteredQuestion(
  platform: NodeJS.Platform,
  run: Run = runProgram,
): (() => Promise<boolean>) | undefined {
  const question = questions[platform];
  return question && (() => run(question.program, question.parameters).then(question.isMetered, () => false));
}

const timeout = 10_000;

async function runProgram(program: string, parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, parameters, { timeout, windowsHide: true });
  return stdout;
}
