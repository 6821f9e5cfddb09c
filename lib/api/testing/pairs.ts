import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { dueForPairs, runPairErrand } from '@/lib/workloads/pairs/watch/errands';
import { openTestApi, type TestApi } from '../fixtures';

/** For tests of one file: an API and two clusters with one clock, of which America (3.6) hands on to Europe (4.1). Each test begins with none. */
export function pairsOnTwoShores() {
  const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
  let api: TestApi;
  let europe: TestOscar;
  let america: TestOscar;
  const ids = { us: '', eu: '' };

  beforeAll(async () => {
    [api, europe, america] = await Promise.all([
      openTestApi({ allowedRanges: ['127.0.0.0/8'], clock }),
      startTestOscar('4.1', { clock, definition: { id: 'oscar-eu' } }),
      startTestOscar('3.6', { clock, definition: { id: 'oscar-us' } }),
    ]);
    ids.us = await register('America', 'us', america);
    ids.eu = await register('Europe', 'eu', europe);
  });
  afterAll(async () => {
    await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
  });
  afterEach(async () => {
    for (const oscar of [america, europe]) {
      oscar.cluster.world.faults.clear();
      Object.assign(oscar.cluster.world.state.settings, { unreachable: false, upstreamBugs: false });
      for (const name of namesOn(oscar)) await oscar.ask('DELETE', `/system/services/${name}`);
    }
    await api.store.db.deleteFrom('pairs').execute();
    await api.store.db.deleteFrom('peers').execute();
  });

  async function register(name: string, region: string, oscar: TestOscar): Promise<string> {
    const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
    return (await api.call('POST', '/clusters', api.as.owner, { name, region, endpoint: oscar.url, auth })).json.id;
  }
  const call = (method: string, path: string, body?: unknown) => api.call(method, path, api.as.owner, body);
  const serviceNamed = (name: string) => ({
    name,
    image: 'transat/word-count:1',
    script: '#!/bin/sh\nwc',
    cpu: '0.5',
    memory: '256Mi',
    input: [{ path: `${name}/in` }],
    output: [{ path: `${name}/out` }],
  });
  async function make(name = 'words'): Promise<string> {
    const made = await call('POST', '/pairs', { origin: ids.us, worker: ids.eu, service: serviceNamed(name), thresholdSeconds: 30 });
    expect(made.status, made.text).toBe(201);
    return made.json.id;
  }
  const look = async (id: string) => (await call('GET', `/pairs/${id}`)).json;
  const kindsOf = async (id: string): Promise<string[]> =>
    (await call('GET', `/pairs/${id}/events`)).json.items.map(({ kind }: { kind: string }) => kind).toReversed();
  const namesOn = (oscar: TestOscar) => oscar.cluster.world.state.services.map(({ name }) => name);
  const membersOf = (name = 'words') => america.cluster.world.service(name)?.replicas?.map(({ cluster_id }) => cluster_id);
  const unreachable = (oscar: TestOscar, is: boolean) => Object.assign(oscar.cluster.world.state.settings, { unreachable: is });

  /** Runs what is due for pairs as the queue would, second by second. */
  async function errandsFor(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      const due = (await dueForPairs(api.services)).filter(({ after }) => after === 0);
      for (const { errand } of due) {
        const [kind = '', id = ''] = errand.split(' ');
        await runPairErrand(api.services, kind, id);
      }
      await pass(clock, 1, america, europe);
    }
  }

  /** Calls that a cluster was sent while something went on, by method and path. */
  async function callsTo(oscar: TestOscar, work: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const { faults } = oscar.cluster.world;
    const take = faults.take.bind(faults);
    faults.take = (service, method, path) => {
      if (service === 'oscar') seen.push(`${method} ${path}`);
      return take(service, method, path);
    };
    await work();
    faults.take = take;
    return seen;
  }

  const fill = async () => {
    await america.ask('POST', '/system/services', {
      name: 'fill',
      image: 'transat/wait:1',
      script: 'sleep',
      cpu: '1.9',
      memory: '128Mi',
      environment: { variables: { SECONDS: '3600' } },
    });
    await america.ask('POST', '/job/fill', 'x', { authorization: `Bearer ${america.cluster.world.service('fill')?.token}` });
  };
  const put = async (key: string) => {
    const request = new Request(`http://transat.test/api/v1/clusters/${ids.us}/buckets/words/objects?key=in/${key}`, {
      method: 'POST',
      body: 'one two',
      headers: { ...api.as.owner, 'content-length': '7' },
    });
    expect((await api.raw(request)).status).toBe(201);
  };
  const outputs = (oscar: TestOscar) =>
    Object.keys(oscar.cluster.world.bucket('words')?.objects ?? {})
      .filter((key) => key.startsWith('out/f'))
      .sort();

  return {
    clock,
    ids,
    call,
    make,
    look,
    kindsOf,
    namesOn,
    serviceNamed,
    membersOf,
    unreachable,
    errandsFor,
    callsTo,
    fill,
    put,
    outputs,
    /** once they are open */
    get api() {
      return api;
    },
    get america() {
      return america;
    },
    get europe() {
      return europe;
    },
  };
}
