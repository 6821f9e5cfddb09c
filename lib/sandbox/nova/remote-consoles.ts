import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Answer, Call } from '../http/call';
import { type Route, route } from '../http/router';
import { asText, page } from '../oidc/page';
import type { ServerRecord } from '../state/records';
import { invalidBody, malformedBody, novaFault } from './errors';
import { microversion } from './version';

const consoleTypes = ['novnc', 'xvpvnc', 'spice-html5', 'rdp-html5', 'serial', 'webmks'] as const;
const body = z.object({
  remote_console: z.strictObject({ protocol: z.enum(['vnc', 'spice', 'serial', 'rdp', 'mks']), type: z.enum(consoleTypes) }),
});
/** As `[consoleauth] token_ttl`. */
const tokenMs = 600_000;

/** Consoles that a browser opens: of machines that run on a hypervisor, by the one protocol that the cloud has. What they show is what was written to them. */
export class RemoteConsoles {
  readonly #world: World;
  readonly #open = new Map<string, { serverId: string; until: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** POST /servers/{id}/remote-consoles */
  create(server: ServerRecord, call: Call): Answer {
    if (microversion(call) < 6) throw novaFault(404, 'The resource could not be found.');
    const { protocol, type } = check(body, parseJson(call.text, malformedBody), invalidBody).remote_console;
    if (server.launchedAt === null) throw novaFault(409, `Instance ${server.id} is not ready`);
    const { flavors, consoles } = this.#world.definition;
    const isBare = flavors.find(({ id }) => id === server.flavorId)?.bareMetal ?? false;
    const has = { vnc: 'novnc', spice: 'spice-html5' }[consoles];
    if (isBare || type !== has || protocol !== consoles || server.vmState !== 'active')
      throw novaFault(400, `Unavailable console type ${type}.`);
    const token = randomUUID();
    this.#open.set(token, { serverId: server.id, until: this.#world.now() + tokenMs });
    const path = consoles === 'vnc' ? 'vnc_lite.html' : 'spice_auto.html';
    return { status: 200, body: { remote_console: { protocol, type, url: `${this.#world.url}/${path}?token=${token}` } } };
  }

  /** The pages that those addresses lead to. */
  pages(): Route[] {
    const show = (call: Call): Answer => {
      const known = this.#open.get(call.query.get('token') ?? '');
      const server = this.#world.state.servers.find(({ id }) => id === known?.serverId);
      if (!known || !server || known.until < this.#world.now())
        return { status: 403, body: page('The token is not good', '<p>Ask for another.</p>') };
      return {
        status: 200,
        headers: { 'cache-control': 'no-store' },
        body: page(server.name, `<pre>${asText(server.console.join('\n'))}</pre>`),
      };
    };
    return ['/vnc_lite.html', '/spice_auto.html'].map((path) => route('GET', path, show));
  }
}
