import { AppError } from '@/lib/core/errors';
import { Limit } from '@/lib/web/limit';
import { isUnclear } from '@/lib/web/unclear';

/** Things that are asked for within so many milliseconds go out together. */
const gatherMs = 5;
/** Such requests at once: what else is asked for meanwhile, a router that all wait for, has to come through too. */
const atOnce = 3;
/**
 * So many in the requests that begin together, and twice as many in each after them, up to the most: a service makes those of one request one after the other, and
 * what needs the first of them need not wait until the site has nothing else left to do.
 */
const least = 3;
const most = 8;
/** Refusals that may be about one of several things alone. */
const ofOne = new Set([400, 404, 409, 413]);

interface Waiting<Body, Made> {
  body: Body;
  done(made: Made): void;
  failed(error: unknown): void;
}

/**
 * Gathers what is asked for at the same moment into one request, which a service carries out as a whole or not at all. Where it is refused for what may be the fault
 * of one alone, each is asked for by itself, so that it is told of that one, and the others are made.
 * @param makeAll one request for several; gives one for each, in the same order
 * @param makeOne a request for one
 */
export function inBulk<Body, Made>(
  makeAll: (bodies: Body[]) => Promise<Made[]>,
  makeOne: (body: Body) => Promise<Made>,
): (body: Body) => Promise<Made> {
  let gathered: Waiting<Body, Made>[] = [];
  const limit = new Limit(atOnce);

  const alone = ({ body, done, failed }: Waiting<Body, Made>) => makeOne(body).then(done, failed);

  async function together(some: Waiting<Body, Made>[]): Promise<void> {
    try {
      const made = await makeAll(some.map(({ body }) => body));
      for (const [index, { done }] of some.entries()) done(made[index] as Made); // there is one for each
    } catch (error) {
      if (isOfOne(error)) for (const each of some) void alone(each);
      else for (const { failed } of some) failed(error);
    }
  }

  function send(): void {
    const all = gathered;
    gathered = [];
    for (let first = 0, sent = 0; first < all.length; sent++) {
      const some = all.slice(first, first + Math.min(most, least * 2 ** Math.floor(sent / atOnce)));
      first += some.length;
      void limit.run(() => (some.length === 1 && some[0] ? alone(some[0]) : together(some)));
    }
  }

  return (body) =>
    new Promise((done, failed) => {
      if (gathered.length === 0) setTimeout(send, gatherMs);
      gathered.push({ body, done, failed });
    });
}

const isOfOne = (error: unknown): boolean => error instanceof AppError && !isUnclear(error) && ofOne.has(error.upstream?.status ?? 0);
