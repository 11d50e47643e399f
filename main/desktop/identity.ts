/** The application id, as in electron-builder.yml: Windows shows notifications only for the id that was installed. */
export const applicationId = 'app.ringback.desktop';
