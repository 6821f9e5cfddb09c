/** A place in a file; lines and columns count from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** Something wrong in a template, and where. */
export interface Diagnostic {
  at: Position;
  message: string;
}

/** A YAML value that remembers where it was written. Aliases and merge keys are already followed. */
export type Located = LocatedScalar | LocatedList | LocatedMap;
export interface LocatedScalar {
  kind: 'scalar';
  at: Position;
  value: string | number | boolean | null;
  /** as it was written: `1.10` where the value is the number 1.1 */
  source: string;
}
interface LocatedList {
  kind: 'list';
  at: Position;
  items: Located[];
}
export interface LocatedMap {
  kind: 'map';
  at: Position;
  entries: Map<string, Located>;
}
