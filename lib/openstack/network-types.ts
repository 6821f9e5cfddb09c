/** What Neutron of a site shows of the things that it has. */
interface Tagged {
  /** the deployment that it is tagged with; left out: none, or the site shows no tags */
  deployment?: string;
}
export interface CloudNetwork extends Tagged {
  id: string;
  name: string;
  status: string;
  description: string;
  external: boolean;
  shared: boolean;
  /** whether ports of it may have security groups; undefined: the site does not say (the extension `port-security` is missing) */
  portSecurity?: boolean;
  subnetIds: string[];
}
export interface CloudSubnet extends Tagged {
  id: string;
  name: string;
  networkId: string;
  cidr: string;
  gateway: string | null;
}
export interface CloudRouter extends Tagged {
  id: string;
  name: string;
  status: string;
  externalNetworkId: string | null;
  /** its own address outside, from which machines without one come */
  gateway?: string;
}
export interface CloudPort extends Tagged {
  id: string;
  name: string;
  status: string;
  networkId: string;
  deviceId: string;
  deviceOwner: string;
  fixedIps: { subnetId: string; address: string }[];
}
export interface CloudSecurityGroup extends Tagged {
  id: string;
  name: string;
  rules: {
    id: string;
    direction: string;
    protocol: string | null;
    fromPort: number | null;
    toPort: number | null;
    cidr: string | null;
    remoteGroupId: string | null;
    description?: string;
  }[];
}
export interface CloudFloatingIp extends Tagged {
  id: string;
  /** `<deployment short id>-<key>`: floating IPs have no name, so it is kept here */
  description: string;
  address: string;
  status: string;
  portId: string | null;
  /** id of the reservation of a lease that gave it */
  reservation?: string;
}
