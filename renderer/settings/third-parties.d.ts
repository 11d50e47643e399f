/** The bundled third-party packages; generated at each build by build/licenses.ts. */
declare module 'virtual:third-parties' {
  export const thirdParties: readonly {
    readonly name: string;
    readonly version: string;
    readonly license: string;
    readonly text: string;
  }[];
}
