import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { withNumbers } from '../errors/numbers';
import { limitOf } from '../limits';
import type { PkgcloudCompute } from '../pkgcloud/compute';
import { orGone, type SendOptions, type Service } from '../service';
import type { Compute } from '../types';
import { newServerBody } from './new-server';
import { consoleOutput, createdServer, flavor, keyPair, limits as limitsPart, remoteConsole, server, zones } from './read';

/** Consoles that are pages of the web, by what most sites have. One by `serial` needs a program of its own. */
const inBrowsers = [
  ['vnc', 'novnc'],
  ['spice', 'spice-html5'],
] as const;

/** Nova of one site. The verbs that pkgcloud does right go through it; what it would cut short goes straight to Nova. */
export function computeClient(service: Service, pkgcloud: PkgcloudCompute): Compute {
  const keyPairs = (options?: SendOptions) => service.list(keyPair, '/os-keypairs', 'keypairs', {}, options);
  const limits: Compute['limits'] = async (options) => {
    // Nova tells the limit of key pairs, but not how many there are
    const how = { anyVersion: true, ...options };
    const [raw, pairs] = await Promise.all([pkgcloud.getLimits(how), keyPairs(how)]);
    const all = service.read(limitsPart, raw.answer, raw.body).absolute;
    return {
      cores: limitOf(all.maxTotalCores, all.totalCoresUsed),
      ramMiB: limitOf(all.maxTotalRAMSize, all.totalRAMUsed),
      instances: limitOf(all.maxTotalInstances, all.totalInstancesUsed),
      keyPairs: limitOf(all.maxTotalKeypairs, pairs.length),
    };
  };
  const act = async (id: string, body: object) => {
    await service.send({ method: 'POST', path: `/servers/${encodeURIComponent(id)}/action`, body });
  };
  return {
    async servers({ namePrefix }, options) {
      // Nova takes `name` as a regular expression
      const name = namePrefix === undefined ? undefined : `^${namePrefix.replace(/[^\w-]/g, String.raw`\$&`)}`;
      const found = await service.list(server, '/servers/detail', 'servers', { name }, options);
      return namePrefix === undefined ? found : found.filter((one) => one.name.startsWith(namePrefix));
    },
    async server(id, options) {
      const raw = await pkgcloud.getServer(id, options);
      return raw === null ? null : service.read(server, raw.answer, raw.body);
    },
    async createServer(wanted, options) {
      // Nova quotes user data that it refuses, and there are secrets in it
      const secrets = [wanted.userData.reveal().toString('base64')];
      const request = { method: 'POST', path: '/servers', body: newServerBody(wanted), secrets, ...options };
      return { id: (await service.ask(createdServer, request)).server.id };
    },
    deleteServer: (id, options) => pkgcloud.destroyServer(id, options).catch(orGone),
    startServer: (id) => pkgcloud.startServer(id),
    stopServer: (id) => pkgcloud.stopServer(id),
    rebootServer: (id, kind) => pkgcloud.rebootServer(id, kind),
    resizeServer: (id, flavorId) => act(id, { resize: { flavorRef: flavorId } }),
    confirmResize: (id) => act(id, { confirmResize: null }),
    revertResize: (id) => act(id, { revertResize: null }),
    async consoleLog(id, lines) {
      const body = { 'os-getConsoleOutput': { length: lines } };
      return (await service.ask(consoleOutput, { method: 'POST', path: `/servers/${encodeURIComponent(id)}/action`, body })).output ?? '';
    },
    async remoteConsole(id) {
      const path = `/servers/${encodeURIComponent(id)}/remote-consoles`;
      let refusal: AppError | undefined;
      for (const [protocol, type] of inBrowsers) {
        try {
          const { url } = await service.ask(remoteConsole, { method: 'POST', path, body: { remote_console: { protocol, type } } });
          return new Secret(url);
        } catch (error) {
          const refused = AppError.from(error);
          if (!(refused.upstream?.status === 400 || refused.upstream?.status === 501)) throw refused;
          refusal ??= refused;
        }
      }
      throw new AppError({
        code: 'upstream-refused',
        title: 'There is no console to open',
        detail: `${service.site} gives no console of this machine that a browser opens. It says: ${refusal?.upstream?.message ?? ''}`,
        remedy: 'Start the machine where it is stopped; else read what it has written to its console, or log in by SSH.',
        upstream: refusal?.upstream,
      });
    },
    flavors: (options) => service.list(flavor, '/flavors/detail', 'flavors', {}, options),
    async availabilityZones(options) {
      const all = await service.ask(zones, { method: 'GET', path: '/os-availability-zone', anyVersion: true, ...options });
      return all.availabilityZoneInfo.filter(({ zoneState }) => zoneState.available).map(({ zoneName }) => zoneName);
    },
    limits,
    keyPairs: (options) => keyPairs(options),
    async createKeyPair(name, publicKey) {
      try {
        return await service.ask(keyPair, { method: 'POST', path: '/os-keypairs', body: { keypair: { name, public_key: publicKey } } });
      } catch (error) {
        throw await withNumbers(error, service.site, async () => ({ key_pairs: (await limits()).keyPairs }));
      }
    },
    deleteKeyPair: (name) => service.remove(`/os-keypairs/${encodeURIComponent(name)}`),
  };
}
