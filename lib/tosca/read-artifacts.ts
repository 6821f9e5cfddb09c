import type { Cursor } from './cursor';
import type { Position } from './located';

/** A file that a node's steps need: a role of Ansible Galaxy, an image of a container. */
export interface Artifact {
  at: Position;
  type: string;
  /** empty where a function says it, which only what runs it could work out */
  file: string;
}

/** Reads `artifacts` of a node type or template: `name: {file, type}`, or the file alone. */
export function readArtifacts(cursor: Cursor | undefined): Map<string, Artifact> {
  const read = (value: Cursor): Artifact => {
    if (value.value.kind === 'scalar') return { at: value.at, type: '', file: value.text() ?? '' };
    const file = value.get('file');
    return { at: value.at, type: value.get('type')?.text() ?? '', file: file?.value.kind === 'scalar' ? (file.text() ?? '') : '' };
  };
  return new Map((cursor?.entries() ?? []).map(([name, value]) => [name, read(value)]));
}
