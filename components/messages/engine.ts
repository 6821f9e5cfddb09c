/** The sentences of the engine in a language, by their English: a `{}` there is a value, `{1}` here the first of them. */
export interface EngineTexts {
  sentences: Readonly<Record<string, string>>;
  /** words that stand in them */
  words: Readonly<Record<string, string>>;
  /** what recipes say: as a whole, or as a value of a sentence */
  recipes?: Readonly<Record<string, string>>;
  /** what a value and what stands before it become: `de el` is `del` */
  joins?: Readonly<Record<string, string>>;
}

/**
 * Says in the person's language what the engine said, or what is kept of it, in English.
 * @param how `quoted`: words of others, of which ours are told only where nobody else would have said them
 */
export type SayEngine = (text: string, how?: 'quoted') => string;

interface Form {
  /** what stands between the values */
  parts: readonly string[];
  text: string;
  /** signs that are the sentence's own: of several that fit the one with the most says most */
  own: number;
  /** nearly any words would fit it, also such as a site says: it is tried for whole sentences only */
  loose: boolean;
}

/**
 * A translator of the engine's sentences. What they name (machines, sites, what a site said itself) stays; what has no sentence here stays as it is,
 * and of several sentences each is said by itself.
 */
export function engineOf({ sentences, words, recipes = {}, joins = {} }: EngineTexts): SayEngine {
  const ofRecipes = recipeTexts(recipes);
  const plain = new Map(Object.entries(sentences).filter(([english]) => !english.includes('{}')));
  const forms = Object.entries(sentences)
    .filter(([english]) => english.includes('{}'))
    .map(([english, text]) => formOf(english, text))
    .sort((a, b) => b.own - a.own);
  const known = new Map<string, string>();
  const whole = (text: string, depth: number): string | undefined => {
    const exact = plain.get(text) ?? ofRecipes(text);
    if (exact !== undefined) return exact;
    for (const form of forms) {
      const values = form.loose && depth > 0 ? undefined : valuesIn(text, form);
      if (values && !(form.loose && /[:;.] /.test(values[0] ?? '')))
        return joined(form.text.replaceAll(/\{(\d)\}/g, (_all, index: string) => part(values[Number(index) - 1] ?? '', depth + 1)));
    }
    const ofAnswer = depth > MOST_DEEP ? undefined : labelled(text, depth);
    if (ofAnswer !== undefined) return ofAnswer;
    // what is said of a field or of a line of a recipe: `inputs.count: It must be text.`
    const [, place = '', rest = ''] = /^([^\s:]+): (.+)$/s.exec(text) ?? [];
    const said = place === '' || depth > MOST_DEEP ? undefined : whole(rest, depth + 1);
    return said === undefined ? undefined : `${place}: ${said}`;
  };
  // what is said of an answer, by its question: `Worker nodes: It must be text.`
  const labelled = (text: string, depth: number): string | undefined => {
    const [, label = '', rest = ''] = /^(\p{Lu}[^:]*): (.+)$/su.exec(text) ?? [];
    const [question, said] = [ofRecipes(label), label === '' ? undefined : sayDeep(rest, depth + 1)];
    return question === undefined || said === undefined ? undefined : `${question}: ${said}`;
  };
  const joined = (text: string) => Object.entries(joins).reduce((before, [apart, together]) => before.replaceAll(apart, together), text);
  // a value may be a sentence itself, a word, a word with a name, or a list of words
  const part = (value: string, depth: number): string => {
    if (depth > MOST_DEEP) return value;
    // a choice or a tag (`machine`) is a name in a sentence
    const word = (/^\p{Lu}| /u.test(value) ? ofRecipes(value) : undefined) ?? wordOf(words, value);
    if (word !== undefined) return word;
    const list = listIn(words, value);
    if (list !== undefined) return list;
    // `Europe: Workers: 3` is cut at the first colon, so that a label may begin what is left
    const [, label = '', rest = ''] = /^(.+?)(: .*)$/.exec(value) ?? [];
    const labelled = ofRecipes(label);
    if (labelled !== undefined) return labelled + rest;
    if (!/[\p{Ll}\d],? [\p{Ll}\d]/u.test(value)) return value;
    // several things that stand against something: `cores: 8 of 8 are used; ports: 5 of 5 are used`
    const several = value.split('; ').map((each) => whole(each, depth));
    return several.every((each) => each !== undefined) ? several.join('; ') : (sayDeep(value, depth) ?? counted(words, value));
  };
  const sayDeep = (text: string, depth: number): string | undefined => {
    const said = whole(text, depth);
    if (said !== undefined) return said;
    const parts = text.split(/(?<=[.!?]) (?=\p{Lu})/u);
    if (parts.length === 1) return undefined;
    const each = parts.map((sentence) => whole(sentence, depth));
    return each.every((one) => one === undefined) ? undefined : each.map((one, index) => one ?? parts[index]).join(' ');
  };
  return (text, how) => {
    if (text.length > MOST_SIGNS) return text;
    if (how === 'quoted') return whole(text, 1) ?? text;
    const said = known.get(text) ?? sayDeep(text, 0) ?? text;
    if (known.size > MOST_KNOWN) known.clear();
    known.set(text, said);
    return said;
  };
}

/** A recipe's text in the language; of a part of a recipe that holds another twice (`Europe: Workers`) both are said. */
function recipeTexts(recipes: Readonly<Record<string, string>>): (text: string) => string | undefined {
  const texts = new Map(Object.entries(recipes));
  return (text) => {
    const exact = texts.get(text.trim());
    if (exact !== undefined) return exact;
    const at = text.indexOf(': ');
    const [part, own] = [texts.get(text.slice(0, at)), texts.get(text.slice(at + 2).trim())];
    return at > 0 && part !== undefined && own !== undefined ? `${part}: ${own}` : undefined;
  };
}

const MOST_DEEP = 3;
const FEW_SIGNS = 12;
const MOST_SIGNS = 2000;
const MOST_KNOWN = 2000;

function formOf(english: string, text: string): Form {
  const parts = english.split('{}');
  const own = parts.join('').length;
  return { parts, text, own, loose: english.startsWith('{} ') && own < FEW_SIGNS };
}

/** The values of a sentence of that form, each as short as can be; undefined for another sentence. In one go, whatever stands in it. */
function valuesIn(text: string, { parts: [first = '', ...rest] }: Form): string[] | undefined {
  if (!text.startsWith(first) || !text.endsWith(rest.at(-1) ?? '')) return undefined;
  const values: string[] = [];
  let from = first.length;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const at = isLast ? text.length - part.length : text.indexOf(part, from);
    if (at < from || (isLast && !text.endsWith(part))) return undefined;
    values.push(text.slice(from, at));
    from = at + part.length;
  }
  return values;
}

/** `server`, `server workers-1`. */
function wordOf(words: EngineTexts['words'], value: string): string | undefined {
  if (Object.hasOwn(words, value)) return words[value];
  const at = value.lastIndexOf(' ');
  const [head, name] = [value.slice(0, at), value.slice(at + 1)];
  return at > 0 && Object.hasOwn(words, head) && /[\d-]/.test(name) ? `${words[head]} ${name}` : undefined;
}

/** `hosts and machines`, `workers-1, workers-2 and 3 more`: words that are known, and names; undefined for anything else. */
function listIn(words: EngineTexts['words'], value: string): string | undefined {
  if (!/ and |, /.test(value)) return undefined;
  const each = value.split(/(, | and )/);
  const isKnown = (one: string) => wordOf(words, one) !== undefined || /^(?:\S+|“[^”]+”)$/.test(one) || counted(words, one) !== one;
  if (!each.every((one, index) => index % 2 === 1 || isKnown(one))) return undefined;
  return each
    .map((one, index) => (index % 2 === 1 ? one.replace('and', words.and ?? 'and') : (wordOf(words, one) ?? counted(words, one))))
    .join('');
}

/** `3 nodes`, `4 GiB of memory`, `2 days 3 hours`: numbers with a word, as far as it is known. */
function counted(words: EngineTexts['words'], value: string): string {
  if (!/^(?:\d+ [^\d]+)+$/.test(value)) return value;
  return value.replace(/(\d+) ([^\d]+?)(?= \d|$)/g, (all, number: string, word: string) =>
    Object.hasOwn(words, word) ? `${number} ${words[word]}` : all,
  );
}
