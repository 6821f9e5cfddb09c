import { AppError } from '@/lib/core/errors';
import { quotaExceeded } from '../errors/service';
import { limitOf } from '../limits';
import type { Service } from '../service';
import type { CallOptions, Limit, Network } from '../types';
import { plainQuotas, quotaDetails } from './read';

type Lists = Pick<Network, 'networks' | 'routers' | 'ports' | 'floatingIps' | 'securityGroups'>;
type Quotas = Awaited<ReturnType<Network['quotas']>>;

/**
 * Neutron's quotas with what is used. Sites whose quota driver tells no use (`quota_details` is not there) have it counted.
 * @param projectId whose quotas; a counted list has other projects' shared things too, which is as near as one can come there
 */
export async function networkQuotas(service: Service, projectId: string, lists: Lists, options?: CallOptions): Promise<Quotas> {
  const path = `/quotas/${encodeURIComponent(projectId)}`;
  const details = await service.find(quotaDetails, `${path}/details.json`, options);
  if (details) {
    const of = ({ limit, used, reserved }: { limit: number; used: number; reserved: number }) => limitOf(limit, used + reserved);
    const { network, router, port, floatingip, security_group } = details.quota;
    return { networks: of(network), routers: of(router), ports: of(port), floatingIps: of(floatingip), securityGroups: of(security_group) };
  }
  const [plain, networks, routers, ports, floatingIps, groups] = await Promise.all([
    service.ask(plainQuotas, { method: 'GET', path: `${path}.json`, ...options }),
    lists.networks({}, options),
    lists.routers(options),
    lists.ports({}, options),
    lists.floatingIps(options),
    lists.securityGroups(options),
  ]);
  const own = networks.filter(({ external, shared }) => !external && !shared);
  return {
    networks: limitOf(plain.quota.network, own.length),
    routers: limitOf(plain.quota.router, routers.length),
    ports: limitOf(plain.quota.port, ports.length),
    floatingIps: limitOf(plain.quota.floatingip, floatingIps.length),
    securityGroups: limitOf(plain.quota.security_group, groups.length),
  };
}

/**
 * Neutron names the resource that is over its quota, but no numbers; this adds them.
 * @param error what creating the resource threw
 * @returns the error to throw in its place
 */
export async function withNumbers(error: unknown, site: string, resource: string, limit: () => Promise<Limit>): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'quota-exceeded') return error;
  const numbers = await limit().catch(() => undefined); // without them the refusal still says what it is
  if (numbers?.limit == null) return error;
  return quotaExceeded(site, [{ resource, limit: numbers.limit, used: numbers.used, asked: 1 }], error.upstream);
}
