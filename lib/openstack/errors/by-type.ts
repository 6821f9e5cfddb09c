import { AppError, type ErrorCode } from '@/lib/core/errors';
import type { Refusal } from './circumstance';
import { sentence } from './fault';

/** A refusal that a service names itself, by the class of its error or by its words. */
interface Kind {
  code: ErrorCode;
  /** Neutron's class of error */
  types?: RegExp;
  words: RegExp;
  title: string;
  /** what happened, before the service's own words */
  detail: (site: string) => string;
  cause: string;
  remedy: string;
}

// The classes and words of neutron_lib.exceptions (with its l3 and the IPAM of Neutron), nova.exception and cinder.exception. One refusal has another
// status from release to release: a pool without addresses is 409 by Neutron's own IPAM and 400 where a router or a floating IP asks.
const kinds: Kind[] = [
  {
    code: 'addresses-exhausted',
    types: /^(?:IpAddressGenerationFailure\w*|ExternalIpAddressExhausted|NoMoreFixedIps|IPAllocationFailed)$/,
    words: /no more (?:fixed )?ip addresses|unable to find any ip address on external network|no fixed ip addresses available/i,
    title: 'The network has no address left',
    detail: (site) => `All addresses of the network at ${site} from which one was asked for are taken.`,
    cause: 'Addresses are shared by all projects of the site: the quota of yours may have room, and the pool none.',
    remedy: 'Release a public address that is not used, choose another network or site, or ask the site’s operators for more addresses.',
  },
  {
    code: 'network-unreachable',
    types: /^ExternalGatewayForFloatingIPNotFound$/,
    words: /external network \S+ is not reachable from subnet/i,
    title: 'No router leads from the nodes’ network to the public addresses',
    detail: (site) => `At ${site} the network of the public addresses can’t be reached from the network that the nodes are on.`,
    cause: 'The network has no router, or one that leads elsewhere.',
    remedy: 'Choose a network with a router to the public addresses, or none to have one made.',
  },
  {
    code: 'port-in-use',
    types:
      /^(?:PortInUse|IpAddressInUse|IpAddressAlreadyAllocated|MacAddressInUse|PortBound\w*|FixedIpAlreadyInUse|FloatingIPPortAlreadyAssociated)$/,
    words:
      /\bport \S+ is still in use|ip address \S+ already allocated|fixed ip address \S+ is already in use|that fixed ip already has a floating ip/i,
    title: 'The port or its address is taken',
    detail: (site) => `At ${site} something else holds the port, or the address that it should have.`,
    cause: 'It was given to something outside of this deployment meanwhile.',
    remedy: 'Retry. If it stays, release it in the site’s own dashboard, or choose another network.',
  },
  {
    code: 'security-groups-refused',
    types: /^(?:PortSecurityAndIPRequiredForSecurityGroups|SecurityGroupCannotBeApplied)$/,
    words: /port security must be enabled|requires port_security_enabled/i,
    title: 'The network takes no security groups',
    detail: (site) => `Ports of this network at ${site} have no port security, and so no security groups.`,
    cause: 'Its operators have turned port security off there.',
    remedy: 'Choose another network, or none to have one made.',
  },
  {
    code: 'flavor-not-found',
    words: /flavor's (?:disk|memory) is (?:too small|smaller than)/i,
    title: 'The flavor is too small for the image',
    detail: (site) => `At ${site} the image needs a larger disk, or more memory, than the flavor has.`,
    cause: 'Image and flavor were chosen apart, or the image was replaced by a larger one.',
    remedy: 'Choose a larger flavor, or another image.',
  },
  {
    code: 'resize-refused',
    words: /server disk was unable to be resized|resize to zero disk flavor|instance disk .*resize/i,
    title: 'The server can’t get this flavor where it stands',
    detail: (site) => `${site} does not resize the server to the flavor.`,
    cause: 'The flavor has no disk, or a smaller one: no disk is made smaller where it stands.',
    remedy: 'Choose a flavor with as large a disk, or have the machine made anew.',
  },
  {
    code: 'zone-mismatch',
    words: /are not in the same availability[_ ]zone/i,
    title: 'The server and its volume are in different zones',
    detail: (site) => `${site} attaches volumes within one availability zone only.`,
    cause: 'The volume was made in another zone than the server.',
    remedy: 'Retry: both are made anew. If it stays, deploy without a volume, or at another site.',
  },
  {
    code: 'zone-not-found',
    words: /requested availability zone is not available|availability zone '[^']*' is invalid/i,
    title: 'The availability zone is not at the site',
    detail: (site) => `${site} has no such availability zone, or it is closed to your project.`,
    cause: 'The zone was closed since it was chosen, or is one of another service.',
    remedy: 'Deploy again: the zones are read anew.',
  },
];

/**
 * A refusal that its service names by its class of error or its words, whatever its status.
 * @returns undefined for one that is told by its status alone
 */
export function explainByType({ about, answer, fault, upstream }: Refusal): AppError | undefined {
  if (answer.status < 400 || answer.status >= 500 || about.service === 'identity') return undefined;
  const kind = kinds.find(({ types, words }) => (fault.type !== undefined && types?.test(fault.type)) || words.test(fault.message));
  // what is deleted is in use because something else is on its way out
  if (!kind || about.method === 'GET' || about.method === 'DELETE') return undefined;
  const { code, title, detail, cause, remedy } = kind;
  return new AppError({ code, title, detail: `${detail(about.site)} It says: ${sentence(fault.message)}`, cause, remedy, upstream });
}
