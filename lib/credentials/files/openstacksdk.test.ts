import { describe, expect, test } from 'vitest';
import { readCloudsYaml } from './clouds-yaml';
import { dialectOf, readOpenrc } from './openrc';
import { readPasted } from './pasted';
import type { Settings } from './settings';
import { findOpenstacksdk, type Reading, readWithBash, readWithOpenstacksdk } from './testing/openstacksdk';
import { samplesOf } from './testing/samples';

const yamls = samplesOf('.yaml');
const scripts = samplesOf('.sh');
const found = findOpenstacksdk();
const python = 'python' in found ? found.python : undefined;
if ('missing' in found) process.stderr.write(`\n*** NOT COMPARED WITH OPENSTACKSDK, FOR IT COULD NOT BE HAD: ${found.missing} ***\n\n`);

/** What openstacksdk does not take and is read here all the same: entries, and files as a whole. */
const takenOnlyHere = [
  'application-credential/type-missing.yaml lab', // what is meant is plain without auth_type
  'yaml-1.1/words.yaml', // it takes the region “no” for a yes or no
  'yaml-1.1/nothing.yaml', // it takes a region of nothing for a text
  'merge-keys/anchor-again.yaml', // YAML lets an anchor be set again
];

/** What openstacksdk has for a cloud and does not take: the rest of a secure.yaml for other files. */
const namedOnlyThere = ['secure/password.yaml other'];

/** How openstacksdk calls what a setting is called here. */
const names = {
  authUrl: ['auth_url'],
  username: ['username'],
  userId: ['user_id'],
  userDomainId: ['user_domain_id', 'default_domain_id'],
  userDomain: ['user_domain_name', 'default_domain_name'],
  password: ['password'],
  projectId: ['project_id'],
  projectName: ['project_name'],
  credentialId: ['application_credential_id'],
  credentialName: ['application_credential_name'],
  credentialSecret: ['application_credential_secret'],
} as const satisfies Partial<Record<keyof Settings, readonly string[]>>;

function compare(settings: Settings, reading: Extract<Reading, { refused?: undefined }>): void {
  for (const [ours, theirs] of Object.entries(names)) {
    const name = theirs.find((each) => reading.auth[each]?.text);
    const read = name === undefined ? null : reading.auth[name];
    const own = settings[ours as keyof typeof names];
    const remarked = settings.remarks.some(({ key, params }) => key === 'otherText' && params.name === theirs[0]);
    // what openstacksdk makes no text of, or another one, is as it stands in the file here, and said
    if (read?.isText === false && own !== read.text)
      expect(remarked, `${reading.cloud}: ${ours} ${own} is read as ${read.text}`).toBe(true);
    else if (!remarked) expect(own, `${reading.cloud}: ${ours}`).toBe(read?.text);
  }
  expect(settings.region ?? '', reading.cloud).toBe(reading.regionName?.text ?? '');
  expect(settings.authType ?? 'password', reading.cloud).toBe(reading.authType);
}

describe.skipIf(python === undefined)('as openstacksdk reads it', () => {
  const readings =
    python === undefined
      ? []
      : readWithOpenstacksdk(
          python,
          yamls.map(({ path, secure }) => ({ config: path, secure: secure?.path })),
        );
  test.each(yamls.map((sample, index) => ({ ...sample, reading: readings[index] ?? [] })))('$name', ({ name, text, secure, reading }) => {
    expect(reading.length).toBeGreaterThan(0);
    const pasted = () => readPasted(text, secure?.text);
    const choices = () => pasted().choices.map(({ cloud, region }) => [cloud, region ?? '']);
    // openstacksdk passes over a file that it can't read
    const whole = reading.length === 1 && (reading[0]?.cloud === undefined || (reading[0].cloud === 'defaults' && reading[0].refused));
    if (whole) {
      const entries = () => pasted().choices.map(({ cloud }) => pasted().entry(cloud));
      if (takenOnlyHere.includes(name)) expect(entries().length).toBeGreaterThan(0);
      else expect(entries).toThrow();
      return;
    }
    const read = reading.filter(({ cloud }) => !namedOnlyThere.includes(`${name} ${cloud}`));
    for (const each of read) {
      const cloud = each.cloud ?? '';
      const region = choices().some(([other, own]) => other === cloud && own !== '') ? each.region : undefined;
      if (each.refused === undefined) compare(readCloudsYaml(text, secure?.text).settings({ cloud, region }), each);
      else if (takenOnlyHere.includes(`${name} ${cloud}`)) expect(pasted().entry(cloud, region)).toBeDefined();
      else expect(() => pasted().entry(cloud, region).login(), `${cloud}: ${each.refused}`).toThrow();
    }
    // what can be chosen is what openstacksdk has, in its order
    expect(choices()).toEqual(
      read.map(({ cloud, region }) => [cloud, read.filter((each) => each.cloud === cloud).length > 1 ? region : '']),
    );
  });

  const environments = scripts.map(({ path }) => readWithBash(path));
  const taken =
    python === undefined
      ? []
      : readWithOpenstacksdk(
          python,
          environments.map((env) => ({ env })),
        );
  test.each(scripts.map((sample, index) => ({ ...sample, reading: taken[index]?.[0] })))(
    '$name, when bash has read it',
    ({ text, reading }) => {
      expect(reading).toBeDefined();
      const settings = readOpenrc(text, 'shell');
      if (reading && reading.refused === undefined) compare(settings, reading);
    },
  );
});

test('those that are compared are many, and of many kinds', () => {
  const compared = [...yamls, ...scripts];
  expect(compared.length).toBeGreaterThanOrEqual(60);
  expect(new Set(compared.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(12);
});

test('the samples are of many kinds, and the files of each shell are told apart', () => {
  const all = samplesOf('.yaml', '.sh', '.ps1', '.cmd', '.bat', '.fish');
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(12);
  const dialects = { sh: 'shell', ps1: 'powershell', cmd: 'cmd', bat: 'cmd', fish: 'fish', yaml: undefined };
  for (const { name, text } of all)
    expect(dialectOf(text.replaceAll('\r', '')), name).toBe(dialects[name.split('.').at(-1) as keyof typeof dialects]);
});
