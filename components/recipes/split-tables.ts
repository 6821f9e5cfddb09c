export interface Table {
  head: string[];
  rows: string[][];
}

/** A README as runs of Markdown and the pipe tables between them, which CommonMark does not know. */
export function splitTables(text: string): (string | Table)[] {
  const parts: (string | Table)[] = [];
  let run: string[] = [];
  const lines = text.split(/\r?\n/);
  let fenced = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (fenced || !isRow(line) || !isRule(lines[index + 1])) {
      run.push(line);
      continue;
    }
    if (run.some((each) => each.trim())) parts.push(run.join('\n'));
    run = [];
    const head = cells(line);
    const rows: string[][] = [];
    for (index += 2; isRow(lines[index]); index += 1) {
      const row = cells(lines[index] ?? '');
      rows.push(head.map((_, column) => row[column] ?? ''));
    }
    index -= 1;
    parts.push({ head, rows });
  }
  if (run.some((each) => each.trim())) parts.push(run.join('\n'));
  return parts;
}

function isRow(line: string | undefined): boolean {
  return line !== undefined && /^\s*\|.*\|\s*$/.test(line);
}

function isRule(line: string | undefined): boolean {
  return line !== undefined && /^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(line);
}

// `\|` is a bar inside a cell
function cells(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
