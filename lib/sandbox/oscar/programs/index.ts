import { fishDetection } from './fish';
import { readPng, writePng } from './png';
import type { Program } from './program';

const LONGEST_SECONDS = 3600;

/** Makes a picture grey. */
const greyScale: Program = {
  seconds: () => 2,
  run({ name, bytes }) {
    const picture = readPng(bytes);
    if (!picture) return { log: [`${name} is no PNG picture with 8 bits a colour`], files: [] };
    const { pixels } = picture;
    for (let at = 0; at < pixels.length; at += 4) {
      const grey = Math.round(0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0));
      pixels.set([grey, grey, grey], at);
    }
    return { log: [`${name} is grey now`], files: [{ name, bytes: writePng(picture) }] };
  },
};

/** Counts lines, words and bytes: the simplest thing that can be seen to have worked. */
const wordCount: Program = {
  seconds: () => 1,
  run({ name, bytes }) {
    const content = bytes.toString('utf8');
    const counts = { lines: content.split('\n').length - 1, words: content.split(/\s+/).filter(Boolean).length, bytes: bytes.length };
    const line = `${counts.lines} ${counts.words} ${counts.bytes} ${name}`;
    return { log: [line], files: [{ name: `${name}.count.txt`, bytes: Buffer.from(`${line}\n`) }] };
  },
};

/** Takes its time, and room: what makes a cluster full. */
const wait: Program = {
  seconds: ({ SECONDS }) => Math.min(Math.max(Number(SECONDS) || 30, 1), LONGEST_SECONDS),
  run: ({ name }) => ({ log: [`${name}: waited`], files: [] }),
};

const programs: Record<string, Program> = {
  'transat/fish-detection': fishDetection,
  'transat/grey-scale': greyScale,
  'transat/word-count': wordCount,
  'transat/wait': wait,
};

/** The program that stands for an image, whatever its tag; nothing for images of other people, which are never run here. */
export function programFor(image: string): Program | undefined {
  const name = image.replace(/[:@].*$/, '');
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}
