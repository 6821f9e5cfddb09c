/** A printed text without the clock times that scripts put before their lines: the log has a column of its own for them. */
export function logText(text: string): string {
  return text.replace(/^\[\d\d:\d\d:\d\d\] ?/gm, '').replace(/\n+$/, '');
}
