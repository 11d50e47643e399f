/** The tunnel server that is free to use. */
export const publicTunnelHost = 'https://localtunnel.me';
