/** Where the standard and the Infrastructure Manager define types, so that the last part of a name is enough (`AttachesTo`, `tosca:Compute`, `PortSpec`). */
const homes = [
  'tosca.nodes',
  'tosca.relationships',
  'tosca.capabilities',
  'tosca.datatypes',
  'tosca.datatypes.network',
  'tosca.datatypes.indigo.network',
  'tosca.nodes.network',
  'tosca.relationships.network',
  'tosca.policies',
];

/** The whole names that a short one may stand for, the likeliest first. */
export function wholeNames(name: string): string[] {
  const short = name.replace(/^tosca:/, '');
  return homes.map((home) => `${home}.${short}`);
}
