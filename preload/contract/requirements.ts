/** Requirements of inputs beyond their type: each text follows the name of the field, and has a message of its own. */
export const requirements = {
  address: 'must be an https address (plain http is accepted for this computer only), without query or fragment',
  forwardUrl: 'must be an http or https address, such as http://localhost:3000/callback',
  proxyUrl: 'must be http:// or https:// with host and port, such as http://proxy.example:8080',
  natsServer: 'must look like tls://nats.example:4222',
  subdomain: 'must be 4 to 63 lower-case letters, digits or hyphens',
  sshServer: 'must be user@host, or a host of your SSH configuration',
  namedTunnel: 'must be the name or id of a tunnel',
  tunnelAddress: 'must be given together with the name of its tunnel, or not at all',
  timeOfDay: 'must be a time of day such as 22:00',
  scheduleWeekday: 'must name a weekday where it is weekly',
  retention: 'must keep at least one backup',
  modestJson: 'must not be nested deeper than 20 levels, or hold more than 10,000 values in one of them',
  prunePreview: 'must be left out where the saved plan is applied',
} as const;
export type Requirement = keyof typeof requirements;
