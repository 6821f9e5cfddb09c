/** By this sign sequences begin that tell a terminal its colours. */
const ESCAPE = String.fromCodePoint(27);
const TERMINAL = new RegExp(`${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`, 'g');
/** Signs that show nothing, or turn a line around. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Bidi_Control}/gu;

/**
 * A text from outside as it can be stored and shown: without control signs (line ends and tabs stay), without signs that change the
 * direction of what follows, and without half surrogate pairs. PostgreSQL takes neither those nor NUL, and serial consoles have both.
 */
export function tidyText(text: string): string {
  return text.toWellFormed().replaceAll(TERMINAL, '').replaceAll(UNSEEN, '');
}
