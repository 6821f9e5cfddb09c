/** One of the persons who can sign in to the sandbox. */
export interface Person {
  id: string;
  name: string;
  /** who that is, for the sign-in page */
  about: string;
  entitlements: string[];
  /** names of projects at Sandbox America, as Chameleon's provider tells them */
  projects: string[];
}

const group = (vo: string, rest: string) => `urn:mace:egi.eu:group:${vo}:${rest}#aai.egi.eu`;

const europeans: Person[] = [
  {
    id: 'ada',
    name: 'Ada Lovelace',
    about: 'Researcher, member and VM operator of the virtual organisation vo.sandbox.eu: can use Sandbox Europe.',
    entitlements: [
      group('vo.sandbox.eu', 'role=member'),
      group('vo.sandbox.eu', 'role=vm_operator'),
      group('training.sandbox.eu', 'role=member'),
      'urn:mace:egi.eu:res:rcauth#aai.egi.eu',
    ],
    projects: [],
  },
  {
    id: 'noah',
    name: 'Noah Newcomer',
    about: 'In no virtual organisation yet: sees what is missing, and how to get it.',
    entitlements: [],
    projects: [],
  },
  {
    id: 'max',
    name: 'Max Many',
    about: 'In 251 virtual organisations, one of which (in the newer form of the entitlement) opens Sandbox Europe.',
    entitlements: [
      ...Array.from({ length: 250 }, (_, index) => group(`vo.synthetic-${index + 1}.eu`, 'role=member')),
      group('vo.sandbox.eu', 'vm_operator:role=member'),
    ],
    projects: [],
  },
];

const americans: Person[] = [
  {
    id: 'ada',
    name: 'Ada Lovelace',
    about: 'Member of the project CHI-sandbox of Sandbox America.',
    entitlements: [],
    projects: ['CHI-sandbox'],
  },
  {
    id: 'grace',
    name: 'Grace Hopper',
    about: 'Member of another project of Sandbox America: CHI-compilers.',
    entitlements: [],
    projects: ['CHI-compilers'],
  },
  { id: 'noah', name: 'Noah Newcomer', about: 'In no project yet.', entitlements: [], projects: [] },
];

/** One OpenID provider of the sandbox: where it is and whom it knows. */
export interface Realm {
  /** below the sandbox's address; issuers and cookies are told apart by it */
  path: string;
  /** end of its subjects */
  scope: string;
  people: Person[];
}

/** Shaped like EGI Check-in: people sign in to the product with it. */
export const europeanRealm: Realm = { path: '/oidc', scope: 'egi.eu', people: europeans };
/** Shaped like Chameleon's: people open Sandbox America with it, by the device flow. */
export const americanRealm: Realm = { path: '/america-oidc', scope: 'chameleon', people: americans };

/** Opaque, persistent, never reassigned, as Check-in's `voperson_id` is. */
export const subjectOf = (realm: Realm, id: string) => `${Buffer.from(id.padEnd(32, '0')).toString('hex')}@${realm.scope}`;

export const personBySubject = (realm: Realm, subject: string) => realm.people.find((person) => subjectOf(realm, person.id) === subject);

/** The claims of a person, as the provider's userinfo and introspection give them. */
export function claimsOf(realm: Realm, person: Person): { sub: string } & Record<string, unknown> {
  const subject = subjectOf(realm, person.id);
  const [given, family] = person.name.split(' ');
  return {
    sub: subject,
    voperson_id: subject,
    name: person.name,
    given_name: given,
    family_name: family,
    preferred_username: person.id,
    email: `${person.id}@example.org`,
    email_verified: true,
    voperson_verified_email: [`${person.id}@example.org`],
    eduperson_entitlement: person.entitlements,
    entitlements: person.entitlements,
    ...(person.projects.length > 0 ? { projects: person.projects } : {}),
  };
}
