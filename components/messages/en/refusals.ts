/** What sites refuse by a name of its own: what happened, why, and what to do now. */
export const refusals = {
  'refusal.quota-exceeded.title': 'The quota of your project is met',
  'refusal.quota-exceeded.why': 'Everything in the project counts, also what others in it have made.',
  'refusal.quota-exceeded.do':
    'Ask for less, delete what is no longer needed in this project, choose another site, or ask the site for a larger quota.',
  'refusal.addresses-exhausted.title': 'The network has no address left',
  'refusal.addresses-exhausted.what': 'All addresses of the network from which one was asked for are taken.',
  'refusal.addresses-exhausted.why':
    'Addresses are shared by all projects of the site: the quota of yours may have room, and the pool none.',
  'refusal.addresses-exhausted.do':
    'Release a public address that is not used, choose another network or site, or ask the site’s operators for more addresses.',
  'refusal.network-unreachable.title': 'No router leads from the nodes’ network to the public addresses',
  'refusal.network-unreachable.what': 'The network of the public addresses can’t be reached from the network that the nodes are on.',
  'refusal.network-unreachable.why': 'The network has no router, or one that leads elsewhere.',
  'refusal.network-unreachable.do': 'Choose a network with a router to the public addresses, or none to have one made.',
  'refusal.port-in-use.title': 'The port or its address is taken',
  'refusal.port-in-use.what': 'Something else holds the port, or the address that it should have.',
  'refusal.port-in-use.why': 'It was given to something outside of this deployment meanwhile.',
  'refusal.port-in-use.do': 'Retry. If it stays, release it in the site’s own dashboard, or choose another network.',
  'refusal.security-groups-refused.title': 'The network takes no security groups',
  'refusal.security-groups-refused.what': 'Ports of this network have no port security, and so no security groups.',
  'refusal.security-groups-refused.why': 'Its operators have turned port security off there.',
  'refusal.security-groups-refused.do': 'Choose another network, or none to have one made.',
  'refusal.zone-mismatch.title': 'The server and its volume are in different zones',
  'refusal.zone-mismatch.what': 'This site attaches volumes within one availability zone only.',
  'refusal.zone-mismatch.why': 'The volume was made in another zone than the server.',
  'refusal.zone-mismatch.do': 'Retry: both are made anew. If it stays, deploy without a volume, or at another site.',
  'refusal.zone-not-found.title': 'The availability zone is not at the site',
  'refusal.zone-not-found.what': 'The site has no such availability zone, or it is closed to your project.',
  'refusal.zone-not-found.why': 'The zone was closed since it was chosen, or is one of another service.',
  'refusal.zone-not-found.do': 'Deploy again: the zones are read anew.',
} as const;
