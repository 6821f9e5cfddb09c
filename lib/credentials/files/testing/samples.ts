import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(process.cwd(), 'lib/credentials/files/samples');

/** A file as people have them, written for these tests. */
export interface Sample {
  /** the folder that it is in */
  kind: string;
  name: string;
  path: string;
  text: string;
  secure?: { path: string; text: string };
}

/** All samples of the forms with such an ending. */
export function samplesOf(...endings: string[]): Sample[] {
  const read = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
  return readdirSync(folder).flatMap((kind) => {
    const names = readdirSync(join(folder, kind));
    return names
      .filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.endsWith('.secure.yaml'))
      .map((name) => {
        const secure = `${basename(name, '.yaml')}.secure.yaml`;
        const beside = names.includes(secure) ? { secure: read(join(folder, kind, secure)) } : {};
        return { kind, name: `${kind}/${name}`, ...read(join(folder, kind, name)), ...beside };
      });
  });
}
