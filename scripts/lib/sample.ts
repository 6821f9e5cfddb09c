import { createHash } from 'node:crypto';

/** Lines of a file, from 1, both included. */
export interface Lines {
  from: number;
  to: number;
}

/**
 * Some of a file's top-level statements, the same ones each time: about one in `oneIn`, by a hash of where they stand and what they say.
 * @param path names the file, so that files alike are not sampled alike
 * @param source its text, laid out by the formatter: a top-level statement begins where a line is not indented
 */
export function sampleStatements(path: string, source: string, oneIn: number): Lines[] {
  return statements(source).filter(({ from, to }) => {
    const text = source
      .split('\n')
      .slice(from - 1, to)
      .join('\n');
    return createHash('sha256').update(`${path}\n${text}`).digest().readUInt32BE(0) % oneIn === 0;
  });
}

/** Whether a source waits for nothing, and asks and draws nothing: it decides, and what it decides can be said in a table of cases. */
export function isPure(source: string): boolean {
  return !/\basync\b|\bawait\b|from '(react|@tanstack\/react-query)'/.test(source);
}

/** Whether a test starts nothing beside itself (no database, no sandbox, no process) and measures no time, so that it can be asked again and again within one process. */
export function startsNothing(source: string): boolean {
  const code = source.replace(/^import type [^;]*;/gm, '');
  return !/from '[^']*(?:\/sandbox|\/store|postgres|\/rig|world|chaos|\/openstacksdk|node:(?:http|net|child_process|worker_threads))|cpuUsage/.test(
    code,
  );
}

function statements(source: string): Lines[] {
  const lines = source.split('\n');
  const begins = lines.flatMap((line, index) =>
    /^(export|function|const|let|class|async|interface|type)\b/.test(line) ? [index + 1] : [],
  );
  return begins.map((from, index) => ({ from, to: (begins[index + 1] ?? lines.length + 1) - 1 }));
}
