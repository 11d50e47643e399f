/** The installer's appId, the same as in electron-builder.yml: Windows shows no notification of an application under another one. */
export const applicationId = 'app.ringback.desktop';
