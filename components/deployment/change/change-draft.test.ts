import { expect, test } from 'vitest';
import type { DeploymentView, NodeView } from '@/lib/api/contract/deployments';
import type { RecipeDetail } from '@/lib/catalog/types';
import { bodyOf, draftOf, withGoing } from './change-draft';

const input = { label: '', required: false, constraints: [], tab: '' };
const recipe = {
  groups: [{ name: 'controller' }, { name: 'workers', countInput: 'worker_count' }],
  inputs: [
    { ...input, name: 'worker_count', type: 'integer', widget: 'number', secret: false },
    { ...input, name: 'partition', type: 'string', widget: 'text', secret: false },
    { ...input, name: 'munge_key', type: 'string', widget: 'password', secret: true },
  ],
} as unknown as RecipeDetail; // all that is looked at
const view = { inputs: { worker_count: 2, partition: 'main', munge_key: '***' }, addOns: [] } as unknown as DeploymentView; // all that is looked at
const nodes = ['workers-1', 'workers-2'].map((key) => ({ key, group: 'workers', state: 'ready' }) as NodeView);
const stands = draftOf(recipe, view, nodes);

test('nothing is sent where nothing was changed', () => expect(bodyOf(recipe, stands, { ...stands, jobs: 'requeue' })).toBeNull());

test('an add-on that comes is sent with whom its door lets in, though nobody touched it', () => {
  const own = { ...input, name: 'web_cidr', type: 'string', widget: 'cidr', secret: false, own: '192.0.2.1/32' };
  const withAddOn = { ...recipe, inputs: [...recipe.inputs, own] } as unknown as RecipeDetail; // all that is looked at
  expect(bodyOf(withAddOn, stands, { ...stands, addOns: ['web'] })).toEqual({
    addOns: ['web'],
    inputs: { web_cidr: '192.0.2.1/32' },
    jobs: 'finish',
    machines: 'resize',
  });
});

test('another image is sent for its group alone, and none where it stays after all', () => {
  const images = { workers: { image: 'i-2' }, controller: { image: '' } };
  expect(bodyOf(recipe, stands, { ...stands, images })).toEqual({
    images: { workers: { image: 'i-2' } },
    jobs: 'finish',
    machines: 'resize',
  });
  expect(bodyOf(recipe, stands, { ...stands, images: { workers: { image: '' } } })).toBeNull();
});

test('only what was changed is sent', () => {
  const draft = {
    ...stands,
    counts: { workers: 4 },
    inputs: { ...stands.inputs, partition: 'long', munge_key: 'typed', worker_count: '7' },
  };
  expect(bodyOf(recipe, stands, draft)).toEqual({
    groups: { workers: { count: 4 } },
    inputs: { partition: 'long' },
    jobs: 'finish',
    machines: 'resize',
  });
});

test('a node that is chosen to go makes its group smaller, and larger again when it stays', () => {
  const [first] = nodes;
  if (!first) throw new Error('a node');
  const going = withGoing(stands, first, true);
  expect(bodyOf(recipe, stands, going)).toEqual({
    groups: { workers: { count: 1 } },
    removeNodes: ['workers-1'],
    jobs: 'finish',
    machines: 'resize',
  });
  expect(bodyOf(recipe, stands, withGoing(going, first, false))).toBeNull();
});
