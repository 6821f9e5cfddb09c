import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { kubectl } from '../lib/kubectl';
import { mirrorStands } from '../lib/lab';
import { withKey } from '../lib/shell';
import { statusOf } from '../lib/status';

// Templates by the Infrastructure Manager's types and playbooks, whose work recipes of ours do: in e2e/foreign its playbooks would fail.
const where = { credential: 'oidc:lab' };
const full = process.env.TRANSAT_LAB_FULL;
const catalogue = process.env.TRANSAT_IM_CATALOGUE;
const long = 'takes minutes: `npm run test:openstack -- --full`';
const noCatalogue = 'no checkout of the Infrastructure Manager’s catalogue is named in TRANSAT_IM_CATALOGUE';
const noMirror = 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)';

const signedIn = (baseURL?: string) => withKey(baseURL, 'bob', 'foreign types');

/** Deploys a batch cluster of one worker and shows what SLURM says of it. */
async function batch(baseURL: string | undefined, recipe: string): Promise<void> {
  const { api, on } = await signedIn(baseURL);
  const body = { recipe, name: `journey ${recipe}`, inputs: { slurm_shared_home: 'none', slurm_dbd: true } };
  await deployOnLab(api, where, body, { lrms_server: 'fast.small', lrms_wn: 'fast.small' }, 840, async (id) => {
    const outputs = await api.outputs(id);
    expect(outputs).toMatchObject({ slurm_nodes: '1 of 1', slurm_proof: 'MPI over 1 node, found in the accounts' });
    const { run } = await on(id);
    const worker = await run('srun -N1 hostname');
    await expect.poll(() => run('sinfo -hN -o "%N %T"')).toBe(`${worker} idle`);
    expect(await run('hostname')).toBe('slurmserver');
    expect(outputs.cluster_creds).toBe(`ssh debian@${outputs.cluster_ip}`);
    expect(await run('ls -d /opt/transat-ansible || true')).toBe('');
  });
}

/** Shows that Docker runs a container, and that what composes containers is there. */
async function showDocker(run: (command: string) => Promise<string>): Promise<void> {
  expect(await run('sudo docker info --format "{{.ServerVersion}}"')).toMatch(/^\d+\./);
  expect(await run('sudo docker-compose version --short || sudo docker compose version --short')).toMatch(/^v?\d+\./);
}

test('SLURM by the Infrastructure Manager’s types is set up by our recipe: a worker takes jobs, which are accounted for', async ({
  baseURL,
}) => {
  await batch(baseURL, 'batch.yaml');
});

test('Docker and object storage by its playbooks are set up by our recipes', async ({ baseURL }) => {
  test.skip(!full, long);
  test.setTimeout(1_500_000);
  const { api, on } = await signedIn(baseURL);
  const body = { recipe: 'machine.yaml', addOns: ['containers.yaml', 'objects.yaml'], name: 'journey foreign machine' };
  await deployOnLab(api, where, body, { simple_node: 'fast.large' }, 1200, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs).toMatchObject({ docker_proof: 'a container of an image made here ran, with an address of its own' });
    expect(outputs.minio_proof).toContain('was put and got');
    expect(outputs.minio_api_endpoint).toBe(`https://${outputs.node_ip}:30300/`);
    expect(await statusOf(`${outputs.minio_api_endpoint}data/secret`, outputs.minio_authority ?? '')).toBe(403);
    await showDocker((await on(id)).run);
  });
});

test('Kubernetes by its types is set up by our recipe', async ({ baseURL }) => {
  test.skip(!full, long);
  test.skip(!(await mirrorStands()), noMirror);
  test.setTimeout(1_500_000);
  const { api } = await signedIn(baseURL);
  const body = { recipe: 'kube.yaml', name: 'journey foreign kube', inputs: {} };
  await deployOnLab(api, where, body, { front: 'fast.large', wn: 'fast.medium' }, 840, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.kubernetes_nodes).toBe('2');
    expect(outputs.dashboard_endpoint).toBeUndefined();
    expect(await readyNodes(outputs.kubeconfig ?? '')).toEqual(['kubeserver True', expect.stringMatching(/ True$/)]);
  });
});

async function readyNodes(kubeconfig: string): Promise<string[]> {
  const path = '{range .items[*]}{.metadata.name} {.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}';
  return (await kubectl(kubeconfig)('get', 'nodes', '-o', `jsonpath=${path}`)).trim().split('\n').sort();
}

test.describe('the Infrastructure Manager’s own templates, unmodified', () => {
  test.skip(!catalogue, noCatalogue);
  test.skip(!full, long);
  test.setTimeout(1_800_000);

  test('slurm_cluster', async ({ baseURL }) => {
    await batch(baseURL, 'slurm_cluster.yml');
  });

  test('simple-node-disk with docker', async ({ baseURL }) => {
    const { api, on } = await signedIn(baseURL);
    const inputs = { mem_size: '2 GB', disk_size: '0 GiB' };
    const body = { recipe: 'simple-node-disk.yml', addOns: ['docker.yaml'], name: 'journey im docker', inputs };
    await deployOnLab(api, where, body, { simple_node: 'fast.medium' }, 1200, async (id) => {
      expect(await api.outputs(id)).toMatchObject({ docker_proof: expect.stringContaining('a container') });
      await showDocker((await on(id)).run);
    });
  });

  test('kubernetes with minio', async ({ baseURL }) => {
    test.skip(!(await mirrorStands()), noMirror);
    const { api } = await signedIn(baseURL);
    const inputs = { fe_disk_size: '0 GiB', wn_disk_size: '0 GiB' };
    const body = { recipe: 'kubernetes.yaml', addOns: ['minio.yaml'], name: 'journey im kubernetes', inputs };
    await deployOnLab(api, where, body, { front: 'fast.large', wn: 'fast.large' }, 1200, async (id) => {
      const outputs = await api.outputs(id, true);
      expect(await readyNodes(outputs.kubeconfig ?? '')).toEqual(['kubeserver True', expect.stringMatching(/ True$/)]);
      expect(await statusOf(`${outputs.minio_api_endpoint}data/secret`, outputs.minio_authority ?? '')).toBe(403);
      expect(outputs.minio_proof).toContain('was put and got');
    });
  });
});
