/** Stands in the place of an answer that is secret, wherever answers are kept or shown. */
export const masked = '***';
