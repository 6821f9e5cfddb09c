import { AppError, type FieldProblem } from './errors';

/** The problem for fields that can't be used. */
export function invalidInput(fields: FieldProblem[]): AppError {
  const first = fields[0];
  return new AppError({
    code: 'invalid-input',
    title: 'Some fields can’t be used',
    detail: first && (first.path === '' ? `The body: ${first.message}` : `${first.path}: ${first.message}`),
    remedy: 'Mend the named fields and send it again.',
    fields,
  });
}

/** The problem for what is not there, or not this person's: both look the same. */
export function notFound(what: string): AppError {
  return new AppError({
    code: 'not-found',
    title: `There is no such ${what}`,
    detail: `There is no ${what} here that is yours and has this id.`,
    remedy: 'Look it up in the list again; it may have been deleted.',
  });
}
