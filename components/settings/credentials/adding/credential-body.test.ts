import { describe, expect, it } from 'vitest';
import { type CredentialDraft, choiceOf, credentialBody, fieldOf } from './credential-body';

const draft: CredentialDraft = {
  site: 's',
  name: 'n',
  kind: 'file',
  project: '',
  text: 'T',
  id: 'left over',
  cloud: '["c"]',
  missing: 'm',
};

describe('what is sent of the form', () => {
  it('of a clouds.yaml, with the entry and what it lacks', () =>
    expect(credentialBody(draft, 'cloudsYaml')).toEqual({ site: 's', name: 'n', kind: 'cloudsYaml', yaml: 'T', cloud: 'c', secret: 'm' }));
  it('of one region of a clouds.yaml', () =>
    expect(credentialBody({ ...draft, cloud: choiceOf({ name: 'c', region: 'R' }) }, 'cloudsYaml')).toMatchObject({
      cloud: 'c',
      region: 'R',
    }));
  it('of an openrc file, which has no entries', () =>
    expect(credentialBody(draft, 'openrc')).toEqual({ site: 's', name: 'n', kind: 'openrc', openrc: 'T', secret: 'm' }));
  it('of an application credential, without what is left over of another kind', () =>
    expect(credentialBody({ ...draft, kind: 'applicationCredential', secret: 'x' })).toEqual({
      site: 's',
      name: 'n',
      kind: 'applicationCredential',
      id: 'left over',
      secret: 'x',
    }));
  it('of a secret in a store of one’s own, its name only', () =>
    expect(credentialBody({ ...draft, kind: 'ownStore', secretName: 'mine', secret: 'x' })).toEqual({
      site: 's',
      name: 'n',
      kind: 'ownStore',
      secretName: 'mine',
    }));
  it('and a fault is shown at the field that it came from', () => {
    expect(fieldOf('openrc', 'file')).toBe('text');
    expect(fieldOf('secret', 'file')).toBe('missing');
    expect(fieldOf('secret', 'applicationCredential')).toBe('secret');
  });
});
