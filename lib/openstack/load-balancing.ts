import { z } from 'zod';
import type { Service } from './service';
import type { CloudLoadBalancer, LoadBalancing } from './types';

const loadBalancer = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    provisioning_status: z.string(),
    vip_subnet_id: z.string().nullish(),
    vip_port_id: z.string().nullish(),
    vip_address: z.string().nullish(),
  })
  .transform(
    (raw): CloudLoadBalancer => ({
      id: raw.id,
      name: raw.name ?? '',
      status: raw.provisioning_status,
      subnetId: raw.vip_subnet_id ?? '',
      portId: raw.vip_port_id ?? '',
      address: raw.vip_address ?? '',
    }),
  );

/** Octavia of one site: https://docs.openstack.org/api-ref/load-balancer/v2/. */
export function loadBalancingClient(service: Service): LoadBalancing {
  return {
    loadBalancers: (options) => service.list(loadBalancer, '/lbaas/loadbalancers', 'loadbalancers', {}, options),
    async deleteLoadBalancer(id) {
      await service.remove(`/lbaas/loadbalancers/${encodeURIComponent(id)}?cascade=true`);
    },
  };
}
