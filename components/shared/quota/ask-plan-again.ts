const AGAIN_MS = 30_000;

/**
 * After how many milliseconds a plan or a change that is looked at is asked for anew though nothing was typed; false: not at all. What a quota lacks others may
 * free, and nothing on the page would tell.
 */
export function askPlanAgain(shown: { problems: { code: string }[] } | undefined): number | false {
  return shown?.problems.some(({ code }) => code === 'quota-exceeded') ? AGAIN_MS : false;
}
