/** What a migration must not do while processes of the version before still run on the database. */
const breaks: readonly [pattern: RegExp, why: string][] = [
  [/\bdrop\s+table\b/, 'takes a table away'],
  [/\bdrop\s+column\b/, 'takes a column away'],
  [/\brename\b/, 'gives something another name'],
  [/\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b/, 'makes a column of another type'],
  [/\balter\s+column\s+\S+\s+set\s+not\s+null\b/, 'demands a value that the version before leaves out'],
  [/\balter\s+column\s+\S+\s+drop\s+default\b/, 'demands a value that the version before leaves out'],
  [
    /\badd\s+column\s+(?:if\s+not\s+exists\s+)?\S+(?![^,;]*\b(?:default|generated)\b)[^,;]*\bnot\s+null\b/,
    'demands a value that the version before leaves out',
  ],
];

/** A migration that begins with this line says why no process of the version before is disturbed, though it looks so. */
const said = /^--[ \t]*contract:[ \t]*\S/m;

/**
 * What of a migration processes of the version before could not live with: in a rolling upgrade they go on with their work on a database that is of the new version already. So what is no
 * longer used goes one version later.
 * @param text its SQL
 */
export function disturbs(text: string): string[] {
  if (said.test(text)) return [];
  const bare = text
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .toLowerCase();
  // parts of a list in parentheses are parts of one column, not further ones
  const flat = bare.replaceAll(/\([^()]*\)/g, '').replaceAll(/\([^()]*\)/g, '');
  return breaks.filter(([pattern]) => pattern.test(flat)).map(([, why]) => why);
}
