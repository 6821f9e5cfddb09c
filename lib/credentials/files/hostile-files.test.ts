import { expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { MOST_CHARACTERS, readPasted } from './pasted';

const head = 'export OS_AUTH_URL=https://k/v3\n';
const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** A pattern written again and again to about a length. */
const fill = (pattern: string) => (length: number) => pattern.repeat(Math.ceil(length / pattern.length));
const after = (start: string, pattern: string) => (length: number) => `${start}${fill(pattern)(length)}`;

const kinds: [what: string, make: (length: number) => string][] = [
  ['nothing but double quotes', fill('"')],
  ['nothing but single quotes', fill("'")],
  ['quotes with blanks', fill('" ')],
  ['quotes, one a line', fill('"\n')],
  ['a key and then quotes', after('clouds: ', '"')],
  ['quotes behind a variable', after(`${head}A=`, '"')],
  ['pairs of quotes behind a variable', after(`${head}A=`, `"'"'"`)],
  ['empty lines', fill('\n')],
  ['blanks', fill(' ')],
  ['tabs and lines', fill('\t\n')],
  ['deep lists', fill('[')],
  ['deep mappings', fill('{a: ')],
  ['deep blocks', (length) => lines(Math.sqrt(length * 2), (index) => `${' '.repeat(index)}a:`)],
  ['dashes', fill('- ')],
  ['question marks', fill('? ')],
  ['colons', fill(': ')],
  ['closing brackets', fill(']')],
  ['commas', after('[', ',')],
  ['a long list', after('clouds: [', 'a,')],
  ['many keys', (length) => lines(length / 8, (index) => `k${index}: 1`)],
  ['many clouds', (length) => `clouds:\n${lines(length / 12, (index) => `  k${index}: {}`)}`],
  ['anchors', fill('&a ')],
  ['tags', fill('!a ')],
  ['aliases of one thing', (length) => `x: &x {a: 1}\nclouds:\n${lines(length / 16, (index) => `  k${index}: *x`)}`],
  ['documents', fill('---\n')],
  ['directives', fill('%a\n')],
  ['escapes', after('clouds: "', '\\x')],
  ['a folded text', after('clouds: "', 'x \n')],
  ['comments', fill('#\n')],
  ['assignments', after(head, 'A=1\n')],
  ['assignments in one line', after(`${head}export`, ' A=1')],
  ['references', after(`${head}A=x\n`, 'B=$A\n')],
  ['brackets of commands', after(`${head}A=`, '$(')],
  ['backticks', after(`${head}A=`, '`')],
  ['backslashes', after(`${head}A=`, '\\')],
  ['continued lines', after(`${head}A=`, '\\\n')],
  ['defaults within defaults', after(`${head}A=`, '${A:-')],
  ['dollars', after(`${head}A=`, '$')],
  ['semicolons', after(head, ';')],
  ['conditions', after(head, 'if [ -z "$A" ]; then B=1; fi\n')],
  ['conditions within conditions', after(head, 'if x; then\n')],
  ['calls of a function', after(`${head}f() { A=1; B=2; C=3; }\n`, 'f\n')],
  [
    'functions that call each other',
    (length) => `${head}${lines(length / 30, (index) => `f${index}() { f${index + 1}; f${index + 1}; }`)}\nf0\n`,
  ],
  ['unsetting nobody knows what', (length) => `${head}${lines(length / 20, (index) => `V${index}=1\nunset $x`)}`],
  ['here-documents', after(head, 'cat <<E\n')],
  ['brackets', after(head, '(')],
  ['batch quotes', after('set OS_A=1\nset OS_B="', '"')],
  ['batch references', after('set OS_A=1\nset OS_B=', '%OS_A%')],
  ['PowerShell quotes', after('$env:OS_A = "1"\n$env:OS_B = "', '""')],
  ['PowerShell references', after('$env:OS_A = "1"\n$env:OS_B = "', '$env:OS_A')],
  ['fish brackets', after('set -gx OS_A 1\nset -gx OS_B ', '(')],
  ['fish quotes', after('set -gx OS_A 1\nset -gx OS_B ', `""''`)],
  ['fish flags', after('set -gx OS_A 1\nset ', '-a ')],
];

/** Milliseconds of the processor, the least of some runs: what else the machine does adds nothing. */
function cost(text: string): number {
  const runs = [1, 2, 3].map(() => {
    const began = process.cpuUsage();
    try {
      readPasted(text).entry();
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

test.each(kinds)('a file of 1 MB of %s costs about four times what 256 KB cost', (_, make) => {
  const [few, many] = [cost(make(MOST_CHARACTERS / 4)), cost(make(MOST_CHARACTERS))];
  // squares would be sixteen times; some milliseconds are the clock's and the collector's
  expect(many).toBeLessThan(few * 10 + 40);
});

test.each([
  ['variables that double each other', `A=https://k\n${'A=$A$A\n'.repeat(25)}OS_AUTH_URL=$A\nOS_USERNAME=x\n`, 'too long'],
  ['variables that double each other within quotes', `A=https://k\n${'A="$A$A"\n'.repeat(25)}OS_AUTH_URL=$A\nOS_USERNAME=x\n`, 'too long'],
  [
    'aliases of aliases',
    `a: &a [x,x]\n${lines(30, (index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *a]`)}\nclouds: {c: *b29}`,
    'no usable',
  ],
  [
    'mappings that each merge all before',
    `x0: &x0 {a: 1}\n${lines(200, (n) => `x${n + 1}: &x${n + 1} {<<: *x${n}, ${Array.from({ length: 60 }, (_, k) => `k${n}_${k}: 1`).join(', ')}}`)}\nclouds: *x200`,
    'too much in it',
  ],
  ['a mapping that merges itself', 'clouds: &c {a: {auth: &x {<<: *x}}}', 'refers to itself'],
  ['a list that holds itself', 'clouds: {a: {auth: {auth_url: &l [*l]}}}', 'no usable'],
])('a file of %s is refused', (_, text, why) => {
  expect(() => readPasted(text).entry()).toThrow(expect.objectContaining({ detail: expect.stringContaining(why) }));
});
