import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { loadCatalog } from '@/lib/catalog/catalog';
import { root } from './shell';

const files = 'http://172.24.4.1:8080';
const registry = 'http://172.24.4.1:5050';
const manifests = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.index.v1+json';

/**
 * The configuration of Transat for the lab, with the templates that are not in our own form. Its mirror, where it stands, has built Kubernetes itself,
 * so that its checksums are others than those of the recipes; they are named in the configuration, as an operator would who vouches for them.
 * @param folder where it may write
 * @param recipes further folders of recipes
 * @returns path of the configuration's file
 */
export async function labConfig(folder: string, recipes: readonly string[] = []): Promise<string> {
  const document = parseDocument(readFileSync(join(root, 'e2e/lab.yaml'), 'utf8'));
  document.setIn(['providers', 0, 'clientSecret', 'file'], resolve(root, 'e2e/lab-client-secret'));
  // the Infrastructure Manager's own catalogue is not ours to copy: it is tried where somebody names a checkout
  const catalogue = process.env.TRANSAT_IM_CATALOGUE;
  const folders = [resolve(root, 'e2e/foreign'), ...recipes, ...(catalogue === undefined ? [] : [resolve(catalogue)])];
  document.set('recipePaths', document.createNode(folders));
  const sums = await fetch(`${files}/SHA256SUMS`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (sums?.ok) {
    const builds = { ...readSums(await sums.text()), ...(await imageDigests()) };
    const { sites } = document.toJS() as { sites: { mirror?: string }[] }; // our own file
    for (const [index, { mirror }] of sites.entries()) if (mirror) document.setIn(['sites', index, 'builds'], document.createNode(builds));
  }
  const path = join(folder, 'lab.yaml');
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  return path;
}

function readSums(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^([a-f0-9]{64}) [ *](?:\.\/)?(\S+)$/.exec(line.trim()))
      .flatMap((match) => (match ? [[`https://${match[2]}`, match[1] ?? '']] : [])),
  );
}

/** Digests of the recipes' images as the mirror's registry has them, by name and tag. What it lacks is left out. */
async function imageDigests(): Promise<Record<string, string>> {
  const catalog = loadCatalog([join(root, 'recipes')]);
  const images = catalog.list().flatMap(({ id }) => catalog.detail(id).downloads.filter(({ kind }) => kind === 'image'));
  const names = [...new Set(images.map(({ url }) => url.replace(/@.*$/, '')))];
  const found = await Promise.all(
    names.map(async (name) => {
      const [path = '', tag = ''] = name.split(/:(?=[^:]*$)/);
      // of MinIO it has one build, which it calls the latest
      const digest = (await digestOf(path, tag)) ?? (path.endsWith('/minio/minio') ? await digestOf(path, 'latest') : null);
      return digest ? [[name, digest] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

async function digestOf(path: string, tag: string): Promise<string | null> {
  const answer = await fetch(`${registry}/v2/${path}/manifests/${tag}`, { method: 'HEAD', headers: { Accept: manifests } });
  return answer.headers.get('docker-content-digest')?.replace('sha256:', '') ?? null;
}
