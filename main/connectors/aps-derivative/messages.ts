import { defineMessages } from '../../engine/messages/index.ts';

interface Rejection {
  /** The message in Autodesk's response; empty where it has none. */
  readonly detail: string;
}

const colon = (detail: string): string => detail && `: ${detail}`;

/** Messages of translations. */
export const derivativeMessages = defineMessages('apsDerivative', {
  formatsHelp: () => 'SVF2 is the format of the Autodesk viewer.',
  publishingAdvice: () =>
    'Create a hook for dm.version.added on the same folder to be notified when the version exists.',
  noFormats: () => 'Autodesk answered with something that is no list of formats.',
  noManifest: () => 'Autodesk answered with something that is no manifest. Try again later.',
  rejected: ({ detail }: Rejection) =>
    `Autodesk rejected the job (HTTP 400)${colon(detail)}. Check the formats and their options.`,
  notAllowed: ({ detail }: Rejection) =>
    `Autodesk does not let this app translate the file (HTTP 403)${colon(detail)}. It needs the Model Derivative API in the developer portal, the right to read the file, and tokens left on the account.`,
  notFound: ({ region, detail }: Rejection & { region: string }) =>
    `The file was not found in the region ${region} (HTTP 404)${colon(detail)}. Check the URN, and which region holds it.`,
  noSuchFormat: ({ formats, detail }: Rejection & { formats: string }) =>
    `Autodesk cannot make ${formats} of this file (HTTP 406)${colon(detail)}. Choose another format.`,
  otherRunning: ({ detail }: Rejection) =>
    `Another translation of this file is in progress (HTTP 409)${colon(detail)}. Wait until it is finished, then try again.`,
  noUrn: () =>
    'This is no URN of a file. Paste one such as urn:adsk.objects:os.object:bucket/file, the URN of a version, or its Base64.',
  folderUrn: () => 'This URN names a folder. Translations are made of files: paste the URN of a file’s version.',
  lineageUrn: () =>
    'This URN names a file with all its versions. A translation is made of one: the URN that ends in ?version= and a number.',
});
