import { expect, test } from 'vitest';
import { bodyOf, demoDraft, describedOf, draftOf, emptyService } from './service-draft';

test('a form is sent as the API takes it: rows that nobody filled in are none', () => {
  const draft = {
    ...demoDraft('word-count'),
    variables: [
      { name: ' A ', value: '1' },
      { name: '', value: 'x' },
    ],
  };
  expect(bodyOf({ ...draft, output: [...draft.output, ...emptyService.output] })).toMatchObject({
    name: 'word-count',
    variables: { A: '1' },
    secrets: {},
    allowedUsers: [],
    output: [
      {
        provider: 'minio.default',
        path: 'word-count/out',
        suffix: [],
        prefix: [],
      },
    ],
  });
});

test('what is described comes back as it was, ends of names among it', () => {
  const given = bodyOf({
    ...demoDraft('grey-scale'),
    input: [{ provider: 'minio.default', path: 'a/b', suffix: '.png, .PNG', prefix: ['x'] }],
  });
  expect(given.input[0]?.suffix).toEqual(['.png', '.PNG']);
  expect(bodyOf(draftOf(given))).toEqual(given);
});

test('of the secrets of a service that is there only the names are in its form', () => {
  const { secrets: _none, ...given } = bodyOf(demoDraft('word-count'));
  const more = {
    clusterId: 'x',
    owner: 'o',
    exposed: false,
    members: [],
    delegation: null,
    thresholdSeconds: null,
    stores: {},
  };
  expect(describedOf({ ...given, ...more, volume: null, visibility: 'odd', secrets: ['KEY'] })).toMatchObject({
    secrets: { KEY: '' },
    visibility: 'private',
  });
});

test('a volume that nobody filled in is none, and one that is made with the service goes with it unless that is said', () => {
  const draft = demoDraft('word-count');
  expect(bodyOf(draft).volume).toBeNull();
  const given = bodyOf({ ...draft, volume: { name: ' data', mountPath: '/data ', size: '', lifecycle: 'retain' } });
  expect(given.volume).toEqual({ name: 'data', mountPath: '/data', size: '', lifecycle: '' });
  expect(draftOf(given).volume).toEqual(given.volume);
  expect(draftOf({ ...given, volume: null }).volume).toEqual(emptyService.volume);
});
