/** The tunnel server that is free for everyone. */
export const publicTunnelHost = 'https://localtunnel.me';
