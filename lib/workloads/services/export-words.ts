export const exportForms = ['fdl', 'oscar-cli', 'curl', 'oscar-python'] as const;
export type ExportForm = (typeof exportForms)[number];

/** A text for a command line or a notebook, and what its file is called. */
export interface Export {
  text: string;
  name: string;
}

/** A text as one word of a shell. Pure. */
export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** What a cluster tells is anything: a name of it names no other folder. Pure. */
export const fileNameOf = (name: string) => name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[.-]+/, '') || 'service';
/** A name that ends no comment. Pure. */
export const inWords = (text: string) => text.replace(/\s+/g, ' ');

/** A text that a shell hands on as it is, up to a line that does not stand in it. */
export function heredoc(file: string, text: string, word: string): string {
  let end = word;
  while (text.split('\n').includes(end)) end += '_';
  return `cat > ${quoted(file)} <<'${end}'\n${text}${text.endsWith('\n') ? '' : '\n'}${end}`;
}

/** A value as Python writes it. Pure. */
export function literal(value: unknown, indent = ''): string {
  const deeper = `${indent}    `;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  if (typeof value !== 'object') return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const lines = Array.isArray(value)
    ? value.map((one) => literal(one, deeper))
    : Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner, deeper)}`);
  return lines.length === 0 ? open + close : `${open}\n${lines.map((line) => `${deeper}${line},\n`).join('')}${indent}${close}`;
}
