/** The part of electron-installer-debian that build/installers/debian.ts extends; the package has no types of its own. */
declare module 'electron-installer-debian' {
  export class Installer {
    constructor(supplied: object);
    readonly stagingDir: string;
    readonly options: { readonly packagePaths: readonly string[] };
    get contentFunctions(): string[];
    generateDefaults(): Promise<object>;
    generateOptions(): object;
    createStagingDir(): Promise<void>;
    createContents(): Promise<void>;
    createCopyright(): Promise<void>;
    createPackage(): Promise<void>;
    movePackage(): Promise<void>;
  }
}
