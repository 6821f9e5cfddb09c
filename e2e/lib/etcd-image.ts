import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'mirror/bin');

/**
 * The image of etcd as upstream has it, with the tool that unpacks snapshots beside etcd, for a lab whose mirror builds etcd alone.
 * @param etcdutl that tool, built for the machines of the lab
 * @param name of the image
 * @returns path of an archive for `ctr images import`
 */
export function etcdImage(etcdutl: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'transat-etcd-'));
  const programs = join(folder, 'layer/usr/local/bin');
  mkdirSync(programs, { recursive: true });
  copyFileSync(join(built, 'etcd'), join(programs, 'etcd'));
  copyFileSync(etcdutl, join(programs, 'etcdutl'));
  execFileSync('chmod', ['755', join(programs, 'etcd'), join(programs, 'etcdutl')]);
  execFileSync('tar', ['-C', join(folder, 'layer'), '--owner=0', '--group=0', '-cf', join(folder, 'layer.tar'), 'usr']);
  const layer = createHash('sha256')
    .update(readFileSync(join(folder, 'layer.tar')))
    .digest('hex');
  const env = ['PATH=/usr/local/bin:/usr/bin:/bin'];
  const config = { architecture: 'amd64', os: 'linux', config: { Env: env }, rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] } };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]));
  execFileSync('tar', ['-C', folder, '-cf', join(folder, 'etcd.tar'), 'manifest.json', 'config.json', 'layer.tar']);
  return join(folder, 'etcd.tar');
}
