import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '@/lib/catalog/catalog';
import { planningInput } from './fixtures/plan';
import { planDeployment } from './plan';
import type { Plan } from './types';

// The templates that the journey on a real OpenStack deploys, and one whose playbook waits for what a recipe of ours sets up.
const folder = mkdtempSync(join(tmpdir(), 'foreign-types-'));
afterAll(() => rmSync(folder, { recursive: true }));
cpSync(resolve('e2e/foreign'), folder, { recursive: true });
writeFileSync(
  join(folder, 'templates/reader.yaml'),
  `tosca_definitions_version: tosca_simple_yaml_1_0
description: Something on the workers that asks the front end.
metadata: {template_name: Reader, template_version: "1.0.0", display_name: Reader, parents: [batch.yaml]}
topology_template:
  node_templates:
    reader:
      type: tosca.nodes.SoftwareComponent
      requirements: [{ host: lrms_wn }, { dependency: lrms_front_end }]
      interfaces: { Standard: { configure: https://raw.githubusercontent.com/grycap/tosca/main/artifacts/note.yml } }
`,
);
// the same cluster on machines of other types: the standard's, and one of the template's own
const batch = readFileSync(join(folder, 'templates/batch.yaml'), 'utf8');
const onMachines = (file: string, type: string, types = '') =>
  writeFileSync(
    join(folder, 'templates', file),
    batch.replaceAll('tosca.nodes.indigo.Compute', type).replace('topology_template:', `${types}topology_template:`),
  );
onMachines('plain.yaml', 'tosca.nodes.Compute');
onMachines('own.yaml', 'own.Machine', 'node_types: {own.Machine: {derived_from: tosca.nodes.indigo.Compute}}\n');
const catalog = loadCatalog([resolve('recipes'), folder]);
const plan = (id: string, addOns: string[] = [], inputs = {}): Plan => planDeployment(planningInput(catalog.recipe(id, addOns), inputs));
const stepsOf = (of: Plan, key: string) => of.nodes.find((node) => node.key === key)?.steps ?? [];
const names = (of: Plan, key: string) => stepsOf(of, key).map(({ name }) => name.replace('.configure', ''));
const env = (of: Plan, key: string, step: string) => stepsOf(of, key).find(({ name }) => name === `${step}.configure`)?.env ?? {};

describe('SLURM by the types of the Infrastructure Manager', () => {
  it('is set up by our recipe, with accounts and shared home folders where they are asked for', () => {
    const most = plan('batch.yaml', [], { slurm_dbd: true, wn_num: 2 });
    expect(most.problems).toEqual([]);
    const front = ['metadata', 'base', 'people'].map((name) => `lrms_front_end_controller_${name}`);
    const [metadata, base, people] = front;
    const rest = ['enrol', 'slurm_controller', 'proof'].map((name) => `lrms_front_end_${name}`);
    expect(names(most, 'lrms-server')).toEqual([metadata, base, 'lrms_front_end_home_server', people, 'lrms_front_end_accounts', ...rest]);
    expect(names(most, 'lrms-wn-2')).toEqual(
      ['worker_metadata', 'worker_base', 'home_client', 'worker_people', 'worker_health', 'slurm_worker'].map((name) => `wn_node_${name}`),
    );
    expect(env(most, 'lrms-server', 'lrms_front_end_slurm_controller')).toMatchObject({
      WORKERS: 'vnode-1,vnode-2',
      ACCOUNTING: 'true',
      HEALTH_CHECK: 'true',
    });
    expect(env(most, 'lrms-server', 'lrms_front_end_proof')).toMatchObject({ WORKER_COUNT: '2' });
    const least = plan('batch.yaml', [], { slurm_shared_home: 'none' });
    expect(names(least, 'lrms-server')).toEqual([metadata, base, people, ...rest]);
    expect(env(least, 'lrms-server', 'lrms_front_end_slurm_controller')).toMatchObject({ ACCOUNTING: 'false' });
  });

  it('has one key, on both ends, that Transat makes', () => {
    const made = plan('batch.yaml');
    const key = { secret: 'slurm_munge_key' };
    expect([
      env(made, 'lrms-server', 'lrms_front_end_controller_base').MUNGE_KEY,
      env(made, 'lrms-wn-1', 'wn_node_worker_base').MUNGE_KEY,
    ]).toEqual([key, key]);
    expect(catalog.detail('batch.yaml').inputs.find(({ name }) => name === 'slurm_munge_key')).toMatchObject({
      generated: 'munge',
      tab: 'SLURM',
    });
  });

  it('runs wherever our recipe does, unless a playbook runs beside it', () => {
    const images = (id: string, addOns: string[] = []) =>
      catalog.recipe(id, addOns).detail.groups.map(({ supportedImages }) => supportedImages.map(({ distro }) => distro));
    expect(images('batch.yaml')).toEqual(images('slurm'));
    expect(images('batch.yaml', ['reader.yaml'])).toEqual([['ubuntu'], ['ubuntu']]);
  });

  it.each(['plain.yaml', 'own.yaml'])('is set up likewise on machines of other types: %s', (id) => {
    const [made, usual] = [plan(id), plan('batch.yaml')];
    expect(made.problems).toEqual([]);
    expect(names(made, 'lrms-server')).toEqual(names(usual, 'lrms-server'));
    expect(env(made, 'lrms-server', 'lrms_front_end_slurm_controller').WORKERS).toMatch(/^[a-z0-9-]+$/);
  });

  it('shows what the template shows, and what the recipe tells of it', () => {
    expect(plan('batch.yaml').outputs.map(({ name, label }) => [name, label])).toEqual([
      ['cluster_ip', 'cluster ip'],
      ['cluster_creds', 'cluster creds'],
      ['slurm_nodes', 'Workers that take jobs'],
      ['slurm_proof', 'Proven at the end'],
      ['slurm_version_installed', 'Version of SLURM'],
    ]);
  });

  it('is waited for by a playbook on other machines', () => {
    const waiting = plan('batch.yaml', ['reader.yaml']);
    expect(names(waiting, 'lrms-server').at(-1)).toBe('lrms_front_end');
    expect(env(waiting, 'lrms-server', 'lrms_front_end')).toEqual({ DONE_OUTPUT: 'done_lrms_front_end' });
    expect(env(waiting, 'lrms-wn-1', 'reader')).toMatchObject({
      TRANSAT_AFTER_1: { stepOutput: 'done_lrms_front_end', node: 'lrms-server' },
    });
  });
});

describe('Kubernetes by the types of the Infrastructure Manager', () => {
  const made = plan('kube.yaml');

  it('is set up by our recipe, with what that fetches, and its API can be reached', () => {
    expect(made.problems).toEqual([]);
    const runtime = stepsOf(made, 'wn-1').find(({ name }) => name === 'wn_node_worker_runtime.configure');
    expect(runtime?.downloads.map(({ url }) => url.split('/').at(-1))).toEqual(expect.arrayContaining(['kubeadm', 'kubelet', 'kubectl']));
    const spec = made.resources.find(({ key }) => key === 'sg-front')?.spec;
    expect(spec?.kind === 'securityGroup' && spec.rules.some(({ fromPort }) => fromPort === 6443)).toBe(true);
  });

  it('has one control plane, and neither asks for nor makes what several would share', () => {
    const step = stepsOf(made, 'front').find(({ script }) => script.includes('kubeadm init'));
    expect(step?.env).toMatchObject({ PEERS: '', ETCD_KEY: '', CA_KEY: { secret: 'kubernetes_authority', part: 'key' } });
    const asked = catalog.recipe('kube.yaml', []).detail.inputs.map(({ name }) => name);
    expect(asked.filter((name) => /etcd|proxy|accounts/.test(name))).toEqual([]);
    const own = made.secrets.map(({ name }) => name).filter((name) => name.startsWith('kubernetes_'));
    expect(own.toSorted()).toEqual(['kubernetes_authority', 'kubernetes_bootstrap_token']);
  });

  it('gives as kubeconfig what the recipe wrote, which stays secret, and shows no dashboard that is not there', () => {
    const outputs = Object.fromEntries(made.outputs.map((output) => [output.name, output]));
    expect(outputs.kubeconfig).toMatchObject({ kind: 'file', secret: true, value: { stepOutput: 'kubeconfig', node: 'front' } });
    expect(Object.keys(outputs)).toEqual(['api_endpoint', 'kubeconfig', 'kubernetes_nodes', 'kubernetes_metrics', 'kubernetes_version']);
  });
});

describe('playbooks of the Infrastructure Manager', () => {
  const made = plan('machine.yaml', ['containers.yaml', 'objects.yaml'], { git_repo: 'https://example.org/a.git' });

  it('for Docker and MinIO are our recipes, with what they are given', () => {
    expect(made.problems).toEqual([]);
    expect(names(made, 'simple-node')).toEqual([
      ...['docker_engine', 'docker_try', 'compose'].map((name) => `docker_${name}`),
      ...['packages', 'objects', 'proof'].map((name) => `minio_${name}`),
    ]);
    expect(env(made, 'simple-node', 'docker_compose')).toEqual({ REPOSITORY: 'https://example.org/a.git', BRANCH: '', FOLDER: '' });
    expect(env(made, 'simple-node', 'minio_objects')).toMatchObject({
      ACCESS_KEY: 'minio',
      SECRET_KEY: { secret: 'minio_secretkey' },
      PORT: '30300',
      DATA: '/pv/objects',
      CA_KEY: { secret: 'object_storage_authority', part: 'key' },
    });
  });

  it('say on the recipe’s page what does not come of it', () => {
    const notes = catalog.recipe('machine.yaml', ['objects.yaml']).detail.notes.map(({ message }) => message);
    expect(notes).toContain("minio: set up by Transat's own recipe Object storage (S3), not by its playbook.");
    expect(notes).toContain(
      'The output minio_console_endpoint is left out: there is no console; programs and clients of S3 reach the buckets.',
    );
  });
});
