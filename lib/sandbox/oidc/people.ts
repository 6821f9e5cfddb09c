/** One of the persons who can sign in to the sandbox. */
export interface Person {
  id: string;
  name: string;
  /** who that is, for the sign-in page */
  about: string;
  entitlements: string[];
}

const group = (vo: string, rest: string) => `urn:mace:egi.eu:group:${vo}:${rest}#aai.egi.eu`;

export const people: Person[] = [
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
  },
  {
    id: 'noah',
    name: 'Noah Newcomer',
    about: 'In no virtual organisation yet: sees what is missing, and how to get it.',
    entitlements: [],
  },
  {
    id: 'max',
    name: 'Max Many',
    about: 'In 251 virtual organisations, one of which (in the newer form of the entitlement) opens Sandbox Europe.',
    entitlements: [
      ...Array.from({ length: 250 }, (_, index) => group(`vo.synthetic-${index + 1}.eu`, 'role=member')),
      group('vo.sandbox.eu', 'vm_operator:role=member'),
    ],
  },
];

/** Opaque, persistent, never reassigned, as Check-in's `voperson_id` is. */
export const subjectOf = (id: string) => `${Buffer.from(id.padEnd(32, '0')).toString('hex')}@egi.eu`;

export const personBySubject = (subject: string) => people.find((person) => subjectOf(person.id) === subject);

/** The claims of a person, as Check-in's userinfo and introspection give them. */
export function claimsOf(person: Person): { sub: string } & Record<string, unknown> {
  const subject = subjectOf(person.id);
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
  };
}
