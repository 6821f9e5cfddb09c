export type Blocked = `change.blocked.${'moved' | 'nothing' | 'waiting' | 'refused' | 'word'}`;

/** What a change is judged by before it may be asked for. */
export interface ChangeState {
  /** nothing was changed yet */
  untouched?: boolean;
  /** it stands otherwise now than it did when the form was opened, or is being changed */
  moved?: boolean;
  /** what it would do is being worked out */
  waiting: boolean;
  /** what it would do could not be said */
  failed: boolean;
  preview: { nothing: boolean; problems: readonly { severity: 'error' | 'warning' }[] } | undefined;
  /** a word has to be typed, and is not */
  wordless: boolean;
}

/** Why a change can't be asked for yet; undefined where it can. What a person has to mend comes before what they wait for. Pure. */
export function blockedBy({ untouched, moved, waiting, failed, preview, wordless }: ChangeState): Blocked | undefined {
  if (moved) return 'change.blocked.moved';
  if (untouched || preview?.nothing) return 'change.blocked.nothing';
  if (failed) return 'change.blocked.refused';
  if (waiting || !preview) return 'change.blocked.waiting';
  if (preview.problems.some(({ severity }) => severity === 'error')) return 'change.blocked.refused';
  return wordless ? 'change.blocked.word' : undefined;
}
