import { describe, expect, it } from 'vitest';
import type { Site } from '@/lib/sites/types';
import { europe } from './fixtures/places';
import { builtIn, planningInput } from './fixtures/plan';
import { planDeployment } from './plan';

const ours = 'b'.repeat(64);
const kubeadm = 'https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kubeadm';

function planned(builds: Site['builds']) {
  const input = planningInput(builtIn.recipe('kubernetes'));
  const plan = planDeployment({ ...input, sites: { ...input.sites, europe: { ...europe, builds } } });
  const steps = plan.nodes.find(({ group }) => group === 'control_plane')?.steps ?? [];
  const downloads = steps.flatMap((step) => step.downloads);
  return {
    download: (name: string) => downloads.find(({ url }) => url.startsWith(name)),
    images: steps.flatMap(({ env }) => [env.NODE_IMAGES, env.CONTROL_PLANE_IMAGES]).filter((text) => typeof text === 'string'),
  };
}

describe('what a site has built itself', () => {
  it('has the checksum that the operator named, in the plan’s downloads and wherever a step names it', () => {
    const { download, images } = planned({
      [kubeadm]: ours,
      'registry.k8s.io/pause:3.10.2': ours,
      'registry.k8s.io/kube-proxy:v1.36.3': ours,
      'registry.k8s.io/etcd:3.6.8-0': ours,
    });
    expect(download(kubeadm)).toMatchObject({ url: kubeadm, sha256: ours });
    expect(download('registry.k8s.io/pause')).toMatchObject({ url: `registry.k8s.io/pause:3.10.2@sha256:${ours}`, sha256: ours });
    // what had no digest has one here
    expect(download('registry.k8s.io/kube-proxy')).toEqual({
      url: `registry.k8s.io/kube-proxy:v1.36.3@sha256:${ours}`,
      sha256: ours,
      version: '1.36.3',
      kind: 'image',
      sizeBytes: 30_000_000,
    });
    const named = images.join('\n').match(/\S+b{64}/g) ?? [];
    expect(new Set(named)).toEqual(
      new Set(['pause:3.10.2', 'kube-proxy:v1.36.3', 'etcd:3.6.8-0'].map((image) => `registry.k8s.io/${image}@sha256:${ours}`)),
    );
    // the list of images stands in two steps of the control plane
    expect(named).toHaveLength(5);
  });

  it.each([
    ['nothing', undefined],
    ['others', { [`${kubeadm}2`]: ours, 'registry.k8s.io/pause': ours, 'registry.k8s.io/kube-proxy:v1.36': ours }],
  ])('leaves the recipe’s own checksums where %s is named', (_what, builds) => {
    expect(planned(builds)).toEqual({ ...planned({}), download: expect.any(Function) });
    expect(planned(builds).download(kubeadm)?.sha256).not.toBe(ours);
    expect(planned(builds).images.join('\n')).not.toContain(ours);
  });
});
