/** What a threshold is judged by. Seconds; null: not known, or there is no such thing. */
export interface ThresholdFacts {
  thresholdSeconds: number;
  /** from the wish for one more machine to a node that takes jobs */
  nodeBootSeconds: number | null;
  imagePullSeconds: number | null;
  /** what the job itself takes as a rule */
  runSeconds: number | null;
  /** people want the cluster to grow before work leaves it */
  preferGrowing: boolean;
}

/** OSCAR sees what is free, and what waits, so often. */
const BEAT_SECONDS = 15;

/** What is to be said of a threshold: keys of the texts of the screens. `shortest` and `longest`: between which a job really leaves. */
export interface ThresholdAdvice {
  shortest: number;
  longest: number;
  about: ('below-beat' | 'below-image-pull' | 'leaves-before-growing' | 'grows-before-leaving' | 'longer-than-running')[];
  /** null: it is good as it is */
  recommended: number | null;
}

/** Advises on the seconds after which a waiting job leaves for the other side. */
export function adviseThreshold(facts: ThresholdFacts): ThresholdAdvice {
  const { thresholdSeconds, nodeBootSeconds, imagePullSeconds, runSeconds, preferGrowing } = facts;
  const about: ThresholdAdvice['about'] = [];
  let least = 0;
  if (thresholdSeconds < BEAT_SECONDS) {
    about.push('below-beat');
    least = BEAT_SECONDS;
  }
  // a job that pulls its image is pending, too: it would be taken away from a machine that has begun with it
  if (imagePullSeconds !== null && thresholdSeconds <= imagePullSeconds) {
    about.push('below-image-pull');
    least = Math.max(least, imagePullSeconds + BEAT_SECONDS);
  }
  if (nodeBootSeconds !== null) {
    const grows = thresholdSeconds > nodeBootSeconds + BEAT_SECONDS;
    about.push(grows ? 'grows-before-leaving' : 'leaves-before-growing');
    if (preferGrowing && !grows) least = Math.max(least, nodeBootSeconds + 2 * BEAT_SECONDS);
  }
  if (runSeconds !== null && !preferGrowing && thresholdSeconds > 2 * runSeconds && thresholdSeconds > 4 * BEAT_SECONDS)
    about.push('longer-than-running');
  const shortest = thresholdSeconds;
  return { shortest, longest: thresholdSeconds + BEAT_SECONDS, about, recommended: least > thresholdSeconds ? least : null };
}
