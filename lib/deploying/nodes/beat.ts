/** Signs of life that a process takes in a second, of all nodes together, while nothing is done with them. */
const perSecond = 5;
/** While a cluster is changed, its nodes wait for what they are to do. */
const perSecondChanging = 20;

/**
 * When the next sign of life of a node is wanted: soon while few nodes report, since only then does it hear what it is asked for. Pure.
 * @param nodes how many report to this process
 * @param changing its deployment is being changed
 * @returns seconds, from 3 to 60
 */
export function nextBeat(nodes: number, changing: boolean): number {
  const [rate, least, most] = changing ? [perSecondChanging, 3, 15] : [perSecond, 10, 60];
  return Math.min(most, Math.max(least, Math.ceil(nodes / rate)));
}
