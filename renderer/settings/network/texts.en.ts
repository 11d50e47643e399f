/** Texts of the network section, in English. */
export const networkTexts = {
  network: {
    title: 'Network',
    help: 'How requests leave this computer.',
    proxy: 'Proxy',
    system: 'System proxy',
    none: 'No proxy',
    manual: 'Manual',
    systemHelp: 'Uses the proxy of your operating system, including automatic configuration (PAC).',
    environmentHelp: 'Uses HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY of the environment.',
    noneHelp: 'Connects directly, even if the system has a proxy.',
    url: 'Proxy address',
    username: 'User name',
    usernameHelp: 'Leave blank if the proxy requires none.',
    password: 'Password',
    passwordHelp: 'Stored encrypted, sent only to this proxy, never shown again.',
    passwordKept: 'Stored. Leave blank to keep it.',
    bypass: 'Reach directly',
    bypassHelp: 'Hosts, domains or address ranges, separated by commas. This computer is always reached directly.',
    tunnels:
      'localtunnel and SSH connect through the proxy if it allows their ports. cloudflared uses it only to request a quick tunnel; its connection to Cloudflare (port 7844) does not support proxies.',
  },
} as const;
