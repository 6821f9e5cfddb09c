import { describe, expect, it } from 'vitest';
import { layOut } from './lay-out';

const none = () => false;
const ours = (name: string, more = '') => `metadata:
  template_name: ${name}
imports:
  - transat: ../types/transat.yaml
${more}`;

describe('a template in our dialect', () => {
  it('lies in a folder named as it names itself, as it was given', () =>
    expect(layOut(ours('mine'), none)).toEqual({ id: 'mine', file: 'mine/recipe.yaml', text: ours('mine'), unread: [] }));
  it('has another name where the catalogue has one so called, on the same line', () =>
    expect(layOut(ours('slurm'), (id) => id === 'slurm')).toMatchObject({ id: 'slurm-tried', text: ours('slurm-tried') }));
  it('keeps quotes, and a name within 61 letters', () => {
    expect(layOut(ours("'slurm'"), () => true).text).toBe(ours("'slurm-tried'"));
    expect(layOut(ours('a'.repeat(61)), () => true).id).toBe(`${'a'.repeat(54)}-tried`);
  });
  it.each(['UPPER', '../../etc', ''])('that names itself "%s" is left for the reader to refuse', (name) =>
    expect(layOut(ours(name), none)).toEqual({ id: 'tried', file: 'tried/recipe.yaml', text: ours(name), unread: [] }),
  );
  it('names what it runs, each once: in its folder, and what lies beside', () =>
    expect(
      layOut(
        ours(
          'mine',
          `implementation: {primary: scripts/one.sh, timeout: 9}
create: scripts/one.sh
configure: 'playbooks/two.yml'
start: ../shared/close-metadata.sh
stop: ../artifacts/a/b.yaml`,
        ),
        none,
      ).unread,
    ).toEqual(['mine/scripts/one.sh', 'mine/playbooks/two.yml', 'shared/close-metadata.sh', 'artifacts/a/b.yaml']));
  it.each([
    'https://example.org/a/run.sh',
    '../../etc/run.sh',
    '/etc/run.sh',
    '../other/run.sh',
    'a/../../run.sh',
    'run.sh.txt',
    '.hidden/run.sh',
  ])('does not take %s for a file of its own', (path) => expect(layOut(ours('mine', `create: ${path}`), none).unread).toEqual([]));
});

it('any other template lies as the Infrastructure Manager’s do', () =>
  expect(layOut('metadata: {template_name: DOCKER}\nimports: [{ec3: ../custom_types.yaml}]\n', () => true)).toEqual({
    id: 'tried.yaml',
    file: 'templates/tried.yaml',
    text: 'metadata: {template_name: DOCKER}\nimports: [{ec3: ../custom_types.yaml}]\n',
    unread: [],
  }));
