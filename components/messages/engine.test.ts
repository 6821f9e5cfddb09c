import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { engineOf } from './engine';
import { engine } from './es/engine';

const say = engineOf(engine);

/** Texts of a file that may be said to people, with `{}` for what is filled in. */
function textsOf(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) texts.push(node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return texts;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|fixtures|testing/.test(name))
    .map((name) => path.join(folder, name));

const isSentence = (text: string): boolean =>
  /^(?:\p{Lu}|\{\}|").*\p{Ll}.*[.?]$/su.test(text) && text.replaceAll('{}', 'x').split(/\s+/).length > 2;

describe('what the engine says has a sentence in Spanish', () => {
  // all that a person reads of plans, and why a site does not fit
  const rooms = ['lib/planning', 'lib/proposing'];
  // not said to anybody: what a plan is in tests, and part of other sentences
  const apart = ['lib/planning/describe.ts'];
  const files = rooms.flatMap(filesIn).filter((file) => !apart.includes(file));
  const sentences = [...new Set(files.flatMap(textsOf).filter(isSentence))];

  it('there is something to look at', () => expect(sentences.length).toBeGreaterThan(80));
  it.each(sentences)('%s', (sentence) => {
    const filled = sentence.replaceAll('{}', 'X7');
    expect(say(filled)).not.toBe(filled);
  });
});

it('no sentence is kept that nobody says any more', () => {
  const rooms = [
    'api',
    'catalog',
    'planning',
    'proposing',
    'deploying',
    'openstack',
    'oscar',
    'workloads',
    'web',
    'core',
    'sites',
    'desk',
    'leases',
    'nodes',
  ];
  const said = new Set(rooms.flatMap((room) => filesIn(`lib/${room}`)).flatMap(textsOf));
  // made of parts: `The ` and what is done, at a site
  const made = /^The \{\} is |^\{\} until|^\{\} \{\} \(\{\}, \{\} of memory\)$|^With \{\}|takes no security groups\.$|^\{\} will be down/;
  expect(Object.keys(engine.sentences).filter((sentence) => !said.has(sentence) && !made.test(sentence))).toEqual([]);
});

it('each Spanish sentence has every value of its English one', () => {
  const wrong = Object.entries(engine.sentences).filter(([english, spanish]) => {
    const count = english.split('{}').length - 1;
    const used = new Set([...spanish.matchAll(/\{(\d)\}/g)].map(([, index]) => Number(index)));
    return used.size !== count || [...used].some((index) => index < 1 || index > count);
  });
  expect(wrong).toEqual([]);
});

describe('what is filled in', () => {
  it.each([
    ['The security group sg-workers is made at Sandbox Europe', 'Se ha creado: grupo de seguridad sg-workers en Sandbox Europe'],
    [
      'This needs 9 servers at Lab; 2 of the project’s 4 are left (2 used).',
      'Esto necesita 9 servidores en Lab; quedan 2 de 4 del proyecto (2 en uso).',
    ],
    ['The network has no address left; trying again', 'A la red no le quedan direcciones; se intenta de nuevo'],
    // what a site said itself stays as it said it
    [
      'The network service of Lab refused (HTTP 400): The wolf is hungry',
      'El servicio red de Lab lo rechazó (HTTP 400): The wolf is hungry',
    ],
    ['Somebody’s own words', 'Somebody’s own words'],
  ])('%s', (english, spanish) => expect(say(english)).toBe(spanish));

  it('of several sentences each is said, and what has none stays', () =>
    expect(say('It is deleted. It is something odd. Leave it empty.')).toBe('Está borrado. It is something odd. Déjelo vacío.'));

  it('long and hostile words take no time', () => {
    const hostile = `${'The X is ready at '.repeat(100)}: ( , GiB disk) `;
    const began = performance.now();
    say(hostile);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('what recipes say', () => {
  const spoken = engineOf({
    ...engine,
    recipes: {
      Workers: 'Nodos de trabajo',
      'Control plane': 'Plano de control',
      Europe: 'Europa',
      machine: 'máquina',
      'Start it': 'Arrancarlo',
    },
  });
  it.each([
    ['alone', 'Workers', 'Nodos de trabajo'],
    ['with a line’s end', 'Control plane\n', 'Plano de control'],
    ['in a sentence', 'Firewall of Workers: 3 rules', 'Cortafuegos de Nodos de trabajo: 3 reglas'],
    ['in what is kept of a step', 'workers-1: Start it is done (5 s)', 'workers-1: Arrancarlo está hecho (5 s)'],
    ['of a part that holds another recipe', 'Europe: Workers', 'Europa: Nodos de trabajo'],
    ['of such a part in a sentence', 'Firewall of Europe: Workers: 3 rules', 'Cortafuegos de Europa: Nodos de trabajo: 3 reglas'],
    ['but no name of a group', 'Its groups are machine.', 'Sus grupos son machine.'],
    ['but nothing that only begins like it', 'Europe: Elsewhere', 'Europe: Elsewhere'],
  ])('%s', (_, english, spanish) => expect(spoken(english)).toBe(spanish));
});
