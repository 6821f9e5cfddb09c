import { Secret } from '@/lib/core/secret';
import type { Cloud, NewServer } from '../types';
import { type ContractSubject, runName } from './subject';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJTTSg/JY74tmIrOmTOTy+4jr3nUyAumhzEv4xD51JRP';
const tags = { deployment: runName, key: 'server' };

/** What a server needs before it can be made: a network, a port for each, a key pair. */
export interface Lodging {
  /** a server's request, with a port of its own */
  request(name: string, flavor: string, rest?: Partial<NewServer>): Promise<NewServer>;
  /** deletes all servers that were asked for, waits until they are gone, then deletes what they needed */
  leave(): Promise<void>;
}

export async function lodge(cloud: Cloud, subject: ContractSubject, name: string): Promise<Lodging> {
  const net = await cloud.network.createNetwork({ name }, tags);
  const subnet = await cloud.network.createSubnet({ name, networkId: net.id, cidr: '10.91.8.0/24', dnsServers: [] }, tags);
  await cloud.compute.createKeyPair(name, KEY);
  const image = (await cloud.image.images()).find(({ properties }) => properties.os_distro === subject.imageDistro);
  const flavors = await cloud.compute.flavors();
  const ports: string[] = [];
  return {
    async request(serverName, flavor, rest = {}) {
      const port = await cloud.network.createPort({ name: serverName, networkId: net.id, securityGroupIds: [] }, tags);
      ports.push(port.id);
      return {
        name: serverName,
        flavorId: flavors.find((one) => one.name === flavor)?.id ?? flavor,
        imageId: image?.id ?? '',
        portIds: [port.id],
        keyPair: name,
        userData: new Secret(Buffer.from('#cloud-config\n{}\n')),
        volumeIds: [],
        metadata: { 'transat:deployment': runName },
        ...rest,
      };
    },
    async leave() {
      const left = () => cloud.compute.servers({ namePrefix: name });
      for (const { id } of await left()) await cloud.compute.deleteServer(id);
      for (const until = Date.now() + 60_000; (await left()).length > 0 && Date.now() < until; )
        await new Promise((resolve) => setTimeout(resolve, 500));
      for (const port of ports) await cloud.network.deletePort(port);
      await cloud.compute.deleteKeyPair(name);
      await cloud.network.deleteSubnet(subnet.id);
      await cloud.network.deleteNetwork(net.id);
    },
  };
}
