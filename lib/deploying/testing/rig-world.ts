import { onTestFinished } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud } from '@/lib/openstack';
import type { Cloud } from '@/lib/openstack/types';
import type { Plan } from '@/lib/planning/types';
import type { RigSite } from '@/lib/sandbox/testing/rig';
import { type Difference, siteThat } from '@/lib/sandbox/testing/rig';
import type { Store } from '@/lib/store';
import { nameOf } from '../ledger/names';
import { FakeAgent } from './fake-agent';
import { clusterPlan } from './fixture-plan';
import { World } from './world';

let count = 0;

/** A store and a clock as in every world, and a site of the rig, spoken to over HTTP by the clients of lib/openstack. */
export class RigWorld extends World {
  readonly site: RigSite;
  /** in which the deployment was after any pass */
  readonly states = new Set<string>();
  readonly #userData = new Map<string, Secret<Buffer>>();
  readonly #heard = new Map<string, FakeAgent>();

  private constructor(store: Store, site: RigSite) {
    super(store, site.clock);
    this.site = site;
    const { password, ...user } = site.user;
    // a name of its own: nothing that is kept of another site may serve it
    const endpoint = { site: `rig-${++count}`, name: 'lab', authUrl: site.authUrl, allowPrivate: true };
    this.ports.callbackUrl = () => 'http://127.0.0.1:9';
    this.ports.openCloud = async () => {
      const cloud = await connectCloud(endpoint, { kind: 'password', user, password: new Secret(password) }, site.project);
      return { ...cloud, compute: { ...cloud.compute, createServer: (server) => this.#create(cloud, server) } };
    };
  }

  /** It ends with the test. */
  static async at(store: Store, difference?: Difference): Promise<RigWorld> {
    const site = await siteThat(difference);
    onTestFinished(() => site.close());
    return new RigWorld(store, site);
  }

  /** A front-end with a public address and a volume, and so many workers, of what the site has. */
  plan(change: (text: string) => string = (text) => text, workers = 0): Plan {
    const { networks, images, flavors } = this.site.definition;
    const id = (list: { id: string; name: string }[], name: string) => list.find((each) => each.name.startsWith(name))?.id ?? '';
    const text = JSON.stringify(clusterPlan(workers))
      .replaceAll('"externalNetworkId":"ext"', `"externalNetworkId":"${networks[0]?.id}"`)
      .replaceAll('"imageId":"i"', `"imageId":"${id(images, 'Debian 12')}"`)
      .replaceAll('"flavorId":"f"', `"flavorId":"${id(flavors, 'm1.small')}"`);
    return JSON.parse(change(text)) as Plan; // as it was written a line before
  }

  override async pass(id: string, complete = false): Promise<number | null> {
    const next = await super.pass(id, complete);
    this.states.add(await this.state(id));
    return next;
  }

  override async agentOf(id: string, key: string): Promise<FakeAgent | undefined> {
    const name = nameOf(id, `server-${key}`);
    const userData = this.#userData.get(name);
    if (!userData) return undefined;
    const agent = this.#heard.get(name) ?? new FakeAgent(this.ports, userData);
    this.#heard.set(name, agent);
    return agent;
  }

  #create({ compute }: Cloud, server: Parameters<Cloud['compute']['createServer']>[0]) {
    this.#userData.set(server.name, server.userData);
    this.#heard.delete(server.name);
    return compute.createServer(server);
  }
}
