import { join } from 'node:path';
import type { Machine, Ran } from './machine';

const script = join(import.meta.dirname, '../kubernetes/scripts/node.sh');

/** Has a machine what makes it ready to be a node of Kubernetes, with containerd of this version. */
export function prepareNode(machine: Machine, containerd = '1.6.20'): void {
  for (const name of ['kubeadm', 'kubelet', 'kubectl']) machine.write(`files/${name}`, name);
  machine.write('etc/fstab', '');
  for (const folder of ['modules-load.d', 'sysctl.d', 'cni/net.d', 'containerd']) machine.write(`etc/${folder}/.there`, '');
  machine.write('proc/sys/net/ipv4/ip_forward', '1');
  for (const name of ['sysctl', 'swapoff', 'modprobe', 'ip', 'pull-image']) machine.play(name, 'true');
  machine.play('containerd', `echo containerd ${containerd}`);
}

/** Makes it a node, as a step does. @param given what differs from a node that enforces no policies and has no cards */
export function runNode(machine: Machine, given: Record<string, string> = {}): Ran {
  return machine.run(
    script,
    {
      NETWORK_POLICIES: 'false',
      POLICIES_IMAGE: 'registry.k8s.io/networking/kube-network-policies:v0.8.0@sha256:1',
      GPUS: 'false',
      NODE_IMAGES: 'registry.k8s.io/pause:3@sha256:0',
      CONTROL_PLANE_IMAGES: '',
      POD_NETWORK: '10.244.0.0/16',
      SERVICE_NETWORK: '10.96.0.0/16',
      REGISTRY_MIRROR: '',
      TRANSAT_FILES: machine.at('files'),
      ...given,
    },
    (text) => text.replaceAll('/usr/local/sbin/pull-image', machine.at('pull-image.new')),
  );
}
