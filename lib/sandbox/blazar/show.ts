import type { HostDefinition } from '../cloud/definition';
import { micro, spaced } from '../cloud/times';
import { stableHex, type World } from '../cloud/world';
import type { LeaseRecord } from '../state/leases';
import type { Plugins } from './plugins';
import { hostColumns } from './requirements';

const HOSTS_SINCE = Date.UTC(2026, 0, 12, 9, 30);

/** A lease as Blazar writes it: naive UTC dates in two formats. */
export function showLease(plugins: Plugins, lease: LeaseRecord, status: string = lease.status): Record<string, unknown> {
  return {
    created_at: spaced(lease.createdAt),
    updated_at: spaced(lease.updatedAt),
    id: lease.id,
    name: lease.name,
    user_id: lease.userId,
    project_id: lease.projectId,
    start_date: micro(lease.start),
    end_date: micro(lease.end),
    trust_id: lease.trustId,
    status,
    degraded: lease.degraded,
    reservations: lease.reservations.map((one) => ({
      created_at: spaced(one.createdAt),
      updated_at: spaced(one.updatedAt),
      id: one.id,
      lease_id: lease.id,
      resource_id: one.resourceId,
      resource_type: one.asked.kind,
      status: one.status,
      missing_resources: one.missingResources,
      resources_changed: one.resourcesChanged,
      ...plugins(one.asked.kind).show(one.asked, one),
    })),
    events: lease.events.map((event) => ({
      created_at: spaced(event.createdAt),
      updated_at: event.updatedAt === null ? null : spaced(event.updatedAt),
      id: event.id,
      lease_id: lease.id,
      event_type: event.type,
      time: micro(event.time),
      status: event.status,
    })),
  };
}

/** A host with its capabilities flattened into it. */
export function showHost(world: World, host: HostDefinition): Record<string, unknown> {
  const { vcpus, memory_mb, local_gb, ...columns } = hostColumns(host);
  return {
    created_at: spaced(HOSTS_SINCE),
    updated_at: null,
    cpu_info: JSON.stringify({ arch: host.properties['architecture.platform_type'] }),
    hypervisor_version: 1,
    status: null,
    trust_id: stableHex(`${world.definition.id}/trust/${host.id}`),
    reservable: !world.state.downHosts.includes(host.id),
    ...columns,
    vcpus: Number(vcpus),
    memory_mb: Number(memory_mb),
    local_gb: Number(local_gb),
  };
}
