import { stableHex, type World } from '../cloud/world';

/** The service catalogue of a project, as Keystone writes it: each service public and internal. */
export function catalog(world: World, projectId: string): Record<string, unknown>[] {
  const { region, blazar, octavia, id: cloud } = world.definition;
  const services: [type: string, name: string, url: string][] = [
    ['image', 'glance', `${world.url}/image`],
    ['volumev3', 'cinder', `${world.url}/volume/v3/${projectId}`],
    ['network', 'neutron', `${world.url}/network`],
    ['identity', 'keystone', `${world.url}/v3`],
    ['compute', 'nova', `${world.url}/compute/v2.1`],
  ];
  if (octavia) services.push(['load-balancer', 'octavia', `${world.url}/load-balancer`]);
  if (blazar) services.push(['reservation', 'blazar', `${world.url}/reservation/v1`]);
  return services.map(([type, name, url]) => ({
    endpoints: ['public', 'internal'].map((side) => ({
      id: stableHex(`${cloud}/endpoint/${type}/${side}`),
      interface: side,
      region_id: region,
      url,
      region,
    })),
    id: stableHex(`${cloud}/service/${type}`),
    type,
    name,
  }));
}
