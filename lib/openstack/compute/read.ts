import { z } from 'zod';
import { ipAddress } from '../ip-address';
import type { CloudFlavor, CloudKeyPair, CloudServer } from '../types';

const texts = z
  .record(z.string(), z.unknown())
  .transform((all) => Object.fromEntries(Object.entries(all).map(([key, value]) => [key, String(value)])));

const address = z.object({ addr: ipAddress, 'OS-EXT-IPS-MAC:mac_addr': z.string().optional() });
const fault = z.object({ code: z.number().default(0), message: z.string().default(''), details: z.string().optional() });

/** A server as `GET /servers/detail` has it (docs.openstack.org/api-ref/compute, Show Server Details). */
export const server = z
  .object({
    id: z.string(),
    name: z.string().default(''),
    status: z.string(),
    'OS-EXT-STS:task_state': z.string().nullish(),
    fault: fault.optional(),
    addresses: z.record(z.string(), z.array(address)).default({}),
    metadata: texts.default({}),
    hostId: z.string().optional(),
    flavor: z.object({ original_name: z.string().optional() }).optional(),
    created: z.string(),
  })
  .transform(
    (raw): CloudServer => ({
      id: raw.id,
      name: raw.name,
      status: raw.status.toUpperCase(),
      taskState: raw['OS-EXT-STS:task_state'] ?? null,
      fault: raw.fault,
      addresses: Object.values(raw.addresses)
        .flat()
        .map((one) => ({ address: one.addr, mac: one['OS-EXT-IPS-MAC:mac_addr'] })),
      metadata: raw.metadata,
      hostId: raw.hostId || undefined,
      flavorName: raw.flavor?.original_name,
      createdAt: raw.created,
    }),
  );

export const createdServer = z.object({ server: z.object({ id: z.string() }) });

/** A flavor as `GET /flavors/detail` has it. Before microversion 2.61 it has no extra specs there, and they are empty here. */
export const flavor = z
  .object({ id: z.string(), name: z.string(), vcpus: z.number(), ram: z.number(), disk: z.number(), extra_specs: texts.default({}) })
  .transform(
    (raw): CloudFlavor => ({
      id: raw.id,
      name: raw.name,
      vcpus: raw.vcpus,
      ramMiB: raw.ram,
      diskGiB: raw.disk,
      extraSpecs: raw.extra_specs,
    }),
  );

const keyPairPart = z
  .object({ name: z.string(), fingerprint: z.string().default(''), public_key: z.string().default('') })
  .transform((raw): CloudKeyPair => ({ name: raw.name, fingerprint: raw.fingerprint, publicKey: raw.public_key.trim() }));
export const keyPair = z.object({ keypair: keyPairPart }).transform(({ keypair }) => keypair);

export const zones = z.object({
  availabilityZoneInfo: z.array(z.object({ zoneName: z.string(), zoneState: z.object({ available: z.boolean() }) })),
});

/** The part `limits` of `GET /limits`. */
export const limits = z.object({
  absolute: z.object({
    maxTotalCores: z.number(),
    totalCoresUsed: z.number(),
    maxTotalRAMSize: z.number(),
    totalRAMUsed: z.number(),
    maxTotalInstances: z.number(),
    totalInstancesUsed: z.number(),
    maxTotalKeypairs: z.number(),
  }),
});

export const consoleOutput = z.object({ output: z.string().nullable() });

/** From microversion 2.6 on. */
export const remoteConsole = z
  .object({ remote_console: z.object({ url: z.string().max(4096) }) })
  .transform(({ remote_console }) => ({ url: remote_console.url }));
