import { expect, test } from 'vitest';
import { deployAddress } from './foreign-link';

const known = [
  { id: 'slurm_cluster.yml', extends: [] },
  { id: 'docker_cluster.yaml', extends: ['slurm_cluster.yml'] },
  { id: 'lost.yaml', extends: ['gone.yaml'] },
];

test.each([
  ['selected_tosca=slurm_cluster.yml', '/deploy/slurm_cluster.yml'],
  ['selected_tosca=slurm_cluster.yml&wn_num=4&slurm_dbd=true', '/deploy/slurm_cluster.yml?inputs.wn_num=4&inputs.slurm_dbd=true'],
  ['selected_tosca=slurm_cluster.yml&childs=docker_cluster.yaml,other.yaml', '/deploy/slurm_cluster.yml?addOns=docker_cluster.yaml'],
  ['selected_tosca=docker_cluster.yaml&wn_num=4', '/deploy/slurm_cluster.yml?addOns=docker_cluster.yaml&inputs.wn_num=4'],
  ['selected_tosca=slurm_cluster.yml&step=review', '/deploy/slurm_cluster.yml?inputs.step=review'],
  ['selected_tosca=lost.yaml', '/deploy/lost.yaml'],
  ['selected_tosca=hadoop_cluster.yaml', '/recipes?q=hadoop_cluster'],
  ['selected_tosca=//evil.example', '/recipes?q=%2F%2Fevil.example'],
  ['', '/recipes'],
])('the link %s leads to %s', (link, address) => {
  expect(deployAddress(new URLSearchParams(link), known)).toBe(address);
});
