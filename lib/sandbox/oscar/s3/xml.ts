const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
// what XML 1.0 can't hold at all is left out
const UNFIT = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu;
const escaped = (text: string) => text.replaceAll(UNFIT, '').replace(/[&<>"']/g, (sign) => names[sign] ?? sign);

/** A value as XML: objects are elements, lists are repeated elements, the rest is text. `undefined` is left out. */
export type Xml = string | number | boolean | undefined | { [name: string]: Xml | Xml[] };

/** A document with one root. */
export function xmlDocument(root: string, content: { [name: string]: Xml | Xml[] }): string {
  const space = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${space}>${inner(content)}</${root}>`;
}

function inner(value: Xml): string {
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .flatMap(([name, child]) => [child].flat().map((item) => (item === undefined ? '' : `<${name}>${inner(item)}</${name}>`)))
    .join('');
}

/** An element that was read: its children by name, and its own text. */
export interface Element {
  text: string;
  children: { name: string; element: Element }[];
}

/**
 * Reads a document as S3's clients send it: elements and text. Attributes and comments are passed over; entities beyond XML's own five and
 * document types are not read at all.
 * @returns the root's content; null for what is no such document
 */
export function readXml(text: string): Element | null {
  if (/<!DOCTYPE/i.test(text)) return null;
  const root: Element = { text: '', children: [] };
  const open: { name: string; element: Element }[] = [{ name: '', element: root }];
  for (const [, close, name = '', attributes = '', words = ''] of text
    .replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '')
    .matchAll(/<(\/?)([\w:.-]+)([^<>]*)>|([^<]+)/g)) {
    const top = open.at(-1);
    if (!top) return null;
    if (words) top.element.text += unescaped(words);
    else if (close) {
      if (top.name !== name || open.length === 1) return null;
      open.pop();
    } else {
      const element: Element = { text: '', children: [] };
      top.element.children.push({ name: name.replace(/^.*:/, ''), element });
      if (!attributes.endsWith('/')) open.push({ name, element });
    }
  }
  const only = root.children[0];
  return open.length === 1 && root.children.length === 1 && only ? only.element : null;
}

/** The children of a name. */
export const all = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name).map((child) => child.element);

/** The text of the first child of a name. */
export const textOf = (element: Element, name: string): string | undefined => all(element, name)[0]?.text.trim();

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex: string, decimal: string, name: string) => {
    if (name) return signs[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
