import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { engine } from './es/engine';

interface Text {
  file: string;
  /** with `{}` for what is filled in */
  text: string;
  /** what holds it says things to people: the title of a problem, what is wrong with a value */
  isSaid: boolean;
}

/** Files that say nothing on a screen, or say it otherwise. */
const apart: readonly [string, RegExp][] = [
  ['tests of several suites', /\.test\.ts$|fixtures|testing|samples|(openstack|vault-server|oscar)\/contract|ssh-server/],
  ['said by keys', /leases\/words\/texts|credentials\/files\/remarks|keeping\/public-key/],
  ['has its own Spanish', /telling\/words/],
  [
    'for the operator: starting, logs, commands',
    /core\/config|sealing\/(rotate|move|key|backup)|vault-server\/(index|transit)|catalog\/mirror|telling\/mail/,
  ],
  ['for programs', /api\/(openapi|health)|nodes\/agent-config/],
  ['a plan in tests', /planning\/describe/],
];
// made of parts elsewhere: `The ` and what is done, at a site
const ofParts = /^The \{\} (is )?\{\}$|^(was ended by its lease|is deleted)$/;

const rooms = readdirSync('lib').filter((room) => room !== 'sandbox' && room !== 'store');
const files = rooms.flatMap((room) =>
  readdirSync(`lib/${room}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join('lib', room, name)),
);
const properties = /^(title|detail|cause|remedy|message|reason|doing|possessive|elsewhere)$/;
const calls = /(^|\.)(fail|doubt|bad|note|notUnderstood|withDeadline|unusable|nothing|checkRecentSignIn|diagnostics\.(add|warn))$/;

function textsOf(file: string): Text[] {
  const texts: Text[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const visit = (node: ts.Node, isSaid: boolean): void => {
    let said = isSaid;
    if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) said = properties.test(node.name.getText(source));
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) said = calls.test(node.expression.getText(source));
    if (ts.isArrowFunction(node)) said = false;
    if (ts.isStringLiteralLike(node)) texts.push({ file, text: node.text, isSaid: said });
    if (ts.isTemplateExpression(node))
      texts.push({ file, isSaid: said, text: node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('') });
    ts.forEachChild(node, (child) => visit(child, said));
  };
  visit(source, false);
  return texts;
}

const all = files.filter((file) => !/\.test\.ts$|fixtures|testing/.test(file)).flatMap(textsOf);

const isSentence = (text: string): boolean =>
  /^(?:\p{Lu}|\{\}|"|“).*\p{Ll}.*[.?]$/su.test(text) && text.replaceAll('{}', 'x').split(/\s+/).length > 2;
const isPhrase = (text: string): boolean => /\p{Ll}{2}\S* .*\p{Ll}{2}|\p{Ll}{2,} \{\}|\{\} \p{Ll}{2,}/su.test(text);

const keys = new Set([...Object.keys(engine.sentences), ...Object.keys(engine.words)]);
const hasOwn = (text: string): boolean => [text, text.trim(), text.replace(/^[ ,;]+/, '')].some((each) => keys.has(each));

/** As a whole, or sentence by sentence. */
function isSpoken(text: string): boolean {
  if (hasOwn(text)) return true;
  const each = text.split(/(?<=[.!?]) (?=[\p{Lu}{])/u);
  return each.length > 1 && each.every((one) => one === '{}' || hasOwn(one));
}

describe('what the engine says has its sentence in Spanish', () => {
  const here = all.filter(({ file }) => !apart.some(([, which]) => which.test(file)));
  const english = new Map(here.filter(({ text, isSaid }) => isSentence(text) || (isSaid && isPhrase(text))).map((one) => [one.text, one]));
  const silent = [...english.values()].filter(({ text }) => !ofParts.test(text) && !isSpoken(text));

  it('there is much to look at', () => expect(english.size).toBeGreaterThan(1200));
  it('all of it', () => expect(silent.map(({ file, text }) => `${file}: ${text}`)).toEqual([]));
  it.each(apart)('what is left out is there: %s', (_, which) => expect(files.some((file) => which.test(file))).toBe(true));
  it.each([
    ['a sentence', 'Nobody has said this in Spanish.', true],
    ['a title', 'This has no Spanish', false],
    ['one sentence of two', 'It is deleted. Nobody has said this in Spanish.', true],
  ])('%s that has none is found', (_, text, isWhole) => {
    expect(isSentence(text) || isPhrase(text)).toBe(true);
    expect(isSentence(text)).toBe(isWhole);
    expect(isSpoken(text)).toBe(false);
  });
});

it('no sentence is kept that nobody says any more', () => {
  const said = new Set(all.map(({ text }) => text));
  const made = /^The \{\} is |^\{\} until|^\{\} \{\} \(\{\}, \{\} of memory\)$|^With \{\}|takes no security groups\.$|^\{\} will be down/;
  // of the histories that are kept
  const former = /^Asked to \{\} \{\}$/;
  expect(Object.keys(engine.sentences).filter((text) => !said.has(text) && !made.test(text) && !former.test(text))).toEqual([]);
});

it('each Spanish sentence has every value of its English one', () => {
  const wrong = Object.entries(engine.sentences).filter(([english, spanish]) => {
    const count = english.split('{}').length - 1;
    const used = new Set([...spanish.matchAll(/\{(\d)\}/g)].map(([, index]) => Number(index)));
    return used.size !== count || [...used].some((index) => index < 1 || index > count);
  });
  expect(wrong).toEqual([]);
});
