import { describe, expect, it } from 'vitest';
import { en } from '@/components/messages/en';
import { es } from '@/components/messages/es';
import { translator } from '@/components/messages/translate';
import { credentialName } from '@/components/shared/credential-name';
import type { Credential } from '@/lib/api/contract/credentials';
import { credentialFacts } from './credential-words';

const english = translator('en', en);
const spanish = translator('es', es);
const credential: Credential = {
  id: 'oidc:europe',
  kind: 'oidc',
  site: 'europe',
  name: 'Your sign-in with Sandbox',
  project: null,
  shown: { provider: 'Sandbox' },
  expiresAt: null,
  checkedAt: null,
  problem: null,
  checks: null,
  made: false,
  createdAt: null,
  deployments: 0,
  usedBy: [],
  leases: [],
};

describe('a credential in words', () => {
  it('has the name that it was given, and where nobody named it, one in the person’s language', () => {
    expect(credentialName(english, credential)).toBe('Your sign-in with Sandbox');
    expect(credentialName(spanish, credential)).toBe('Su cuenta de Sandbox');
    expect(credentialName(spanish, { ...credential, kind: 'device' })).toBe('Su cuenta de Sandbox');
    expect(credentialName(spanish, { ...credential, kind: 'password', name: 'Laptop' })).toBe('Laptop');
  });

  it('tells what it is, in words and not in names of fields', () => {
    const made: Credential = {
      ...credential,
      kind: 'applicationCredential',
      made: true,
      shown: { id: 'abc', secret: '…1234', atSite: 'transat-xyz' },
      project: { id: 'p', name: 'vo.example' },
    };
    expect(credentialFacts(english, made)).toBe(
      'Application credential that Transat made · id abc · called transat-xyz at the site · secret …1234 · project vo.example',
    );
    expect(credentialFacts(spanish, { ...credential, kind: 'password', shown: { username: 'ada', userDomain: 'Default' } })).toBe(
      'Usuario y contraseña · usuario ada · dominio Default',
    );
  });
});
