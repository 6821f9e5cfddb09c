import { orGone, type Service } from '../service';
import { callVerb, networkVerbs } from './verbs';

/** The verbs of Neutron that pkgcloud does whole: its deletes. Its lists are one page, and its models lack what tells networks apart. */
export function pkgcloudNetwork(service: Service) {
  const id = encodeURIComponent;
  return {
    async deleteNetwork(network: string): Promise<void> {
      await callVerb(networkVerbs(), service, (client, done) => client.destroyNetwork(id(network), done)).catch(orGone);
    },
    async deleteSubnet(subnet: string): Promise<void> {
      await callVerb(networkVerbs(), service, (client, done) => client.destroySubnet(id(subnet), done)).catch(orGone);
    },
    async deletePort(port: string): Promise<void> {
      await callVerb(networkVerbs(), service, (client, done) => client.destroyPort(id(port), done)).catch(orGone);
    },
    async deleteSecurityGroup(group: string): Promise<void> {
      await callVerb(networkVerbs(), service, (client, done) => client.destroySecurityGroup(id(group), done)).catch(orGone);
    },
  };
}
