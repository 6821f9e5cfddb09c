import { Composer, type Document, LineCounter, Parser } from 'yaml';
import type { Diagnostic, Located, Position } from './located';
import { Locator, Refusal } from './locator';

/** A file larger than this is not read: a template is text that people write. */
const maximumBytes = 256 * 1024;

export type YamlResult = { ok: true; root: Located; warnings: Diagnostic[] } | { ok: false; diagnostic: Diagnostic };

/**
 * Reads YAML 1.2 that may be hostile, in a time that grows with its length: size, depth and number of values are limited, with
 * aliases counted as often as they are used, and the first fault ends it.
 * @param text content of the file
 * @param file name that diagnostics carry
 */
export function readYaml(text: string, file: string): YamlResult {
  const start = { file, line: 1, column: 1 };
  const refuse = (at: Position, message: string): YamlResult => ({ ok: false, diagnostic: { at, message } });
  if (Buffer.byteLength(text) > maximumBytes) return refuse(start, `The file is larger than ${maximumBytes / 1024} KiB.`);
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const document = parse(text, lines, at);
    if (!document?.contents) return refuse(start, 'The file is empty.');
    const locator = new Locator(at);
    const root = locator.locate(document.contents, 0);
    return { ok: true, root, warnings: locator.warnings };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.at, error.message);
    throw error;
  }
}

type ErrorPlace = number | [number, number] | { offset: number };

function parse(text: string, lines: LineCounter, at: (offset: number) => Position): Document.Parsed | undefined {
  // duplicate keys are found by the locator: the parser compares each key with all before it
  const composer = new Composer({ version: '1.2', merge: true, uniqueKeys: false });
  // The composer would gather every fault of a file, 64,000 of them in 64 KiB of quotes: the first one ends it. It is kept, since
  // the composer catches what is thrown within a collection and tells it again of the collection.
  let first: Refusal | undefined;
  const onError = (source: ErrorPlace, code: string, message: string, isWarning?: boolean): void => {
    if (isWarning) return;
    const said = code === 'RESOURCE_EXHAUSTION' ? 'The values are nested too deep.' : sentence(message);
    first ??= new Refusal(at(typeof source === 'number' ? source : Array.isArray(source) ? source[0] : source.offset), said);
    throw first;
  };
  Object.assign(composer, { onError });
  const documents: Document.Parsed[] = [];
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    if (token.type === 'error') throw new Refusal(at(token.offset), sentence(token.message));
    documents.push(...composer.next(token));
    if (documents.length > 1) break;
  }
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  const [error] = document?.errors ?? [];
  if (error) throw new Refusal(at(error.pos[0]), sentence(error.message));
  if (second) throw new Refusal(at(second.range[0]), 'A file holds one document; this is the second.');
  return document;
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}
