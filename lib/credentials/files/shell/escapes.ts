const letters: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' };

/** What bash makes of the inside of `$'…'` (bash manual, ANSI-C Quoting). */
export function readEscapes(text: string): string {
  return text.replaceAll(/\\(x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (/^[xuU]./.test(code)) return character(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return character(Number.parseInt(code, 8) & 0xff);
    if (/^["'\\?]$/.test(code)) return code;
    return letters[code] ?? whole;
  });
}

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
