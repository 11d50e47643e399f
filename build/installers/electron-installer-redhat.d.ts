/** The part of electron-installer-redhat that build/installers/redhat.ts extends; the package has no types of its own. */
declare module 'electron-installer-redhat' {
  export class Installer {
    constructor(supplied: object);
    readonly stagingDir: string;
    readonly options: { readonly packagePaths: readonly string[] };
    get contentFunctions(): string[];
    generateDefaults(): Promise<object>;
    generateOptions(): void;
    generateScripts(): Promise<unknown>;
    createStagingDir(): Promise<void>;
    createContents(): Promise<void>;
    createCopyright(): Promise<void>;
    createPackage(): Promise<void>;
    movePackage(): Promise<void>;
  }
}
