/**
 * The name of the file that a job was given, by what the supervisor inside it has printed; null: it was given none, or does not say. Pure.
 * @param log of the job, as the cluster shows it
 */
export function fileIn(log: string): string | null {
  const path = /INPUT_FILE_PATH[^'"\n]*['"]([^'"\n]+)['"]/.exec(log)?.[1];
  const name = path?.split('/').at(-1) || null;
  // what was posted by itself, of which no storage knows
  return name && /^event-file-[0-9a-f-]{36}$/.test(name) ? null : name;
}

/** What results of a file are called by: its name without its ending. Pure. */
export const stemOf = (name: string) => name.replace(/\.[^.]+$/, '') || name;
