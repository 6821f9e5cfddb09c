/** Sequences by which a terminal is told its colours, and other signs that show nothing or turn a line around. */
const TERMINAL = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text from outside as it can be stored and shown: without control signs (line ends and tabs stay), without signs that change the
 * direction of what follows, and without half surrogate pairs. PostgreSQL takes neither those nor NUL, and serial consoles have both.
 */
export function tidyText(text: string): string {
  return text.toWellFormed().replaceAll(TERMINAL, '').replaceAll(UNSEEN, '');
}
