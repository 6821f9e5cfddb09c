import { log } from '@/lib/core/log';
import type { Store } from '@/lib/store';
import type { Way } from '@/lib/store/rows/telling';
import { postToHook } from './hook';
import { type About, type Language, languageOf, type Telling, type TellingPorts, tellings, Undelivered } from './types';
import { footOf, wordsOf } from './words';

/** Longer than any sending takes: what is still `sending` then was left by a worker that died. */
const claimSeconds = 120;
const triesTaken = 5;
const firstPauseSeconds = 30;
/** What waits for the operator is tried every quarter of an hour, for a day, or until what it tells of has come. */
const longestPauseSeconds = 900;
const blockedMs = 86_400_000;

/** The others are found a minute later. */
const mostAtOnce = 1000;

interface Letter {
  id: string;
  what: Telling;
  about: About;
  userId: string;
  email: string | null;
  language: Language;
  tries: number;
  /** the last try met a server that took nothing of this Transat */
  blocked: boolean;
  /** when it was noted */
  at: Date;
}

/**
 * Sends one notice on one way, at most once: that it is being sent is written first, and what is found so after its time was left by a worker that
 * died and may have sent it, so that it is never sent again. It stays on the screen.
 * @param delivery `<notice> <way>`
 * @returns in how many seconds to come again; null: never
 */
export async function deliver(ports: TellingPorts, delivery: string): Promise<number | null> {
  const [id = '', word] = delivery.split(' ');
  const way: Way = word === 'webhook' ? 'webhook' : 'mail';
  const letter = await claim(ports, id, way);
  if (!letter) return null;
  try {
    await (way === 'mail' ? mail(ports, letter) : postToHook(ports, letter.userId, messageOf(ports, letter)));
    await end(ports, id, way, { state: 'sent', problem: null, blocked: false });
    return null;
  } catch (error) {
    const { next, message } = error instanceof Undelivered ? error : new Undelivered('unsure', String(error));
    const now = ports.clock.now().getTime();
    const blocked = next === 'blocked';
    if (blocked) log.error({ problem: message, delivery }, 'the mail server takes nothing of this Transat; people are not told by e-mail');
    // what the server took nothing of was no try of this letter
    const tries = letter.blocked && !blocked ? 1 : letter.tries;
    const again = blocked ? now < usefulUntil(letter) : next === 'again' && tries < triesTaken;
    if (!again) {
      await end(ports, id, way, { state: next === 'unsure' ? 'unsure' : 'failed', problem: message, blocked: false });
      return null;
    }
    const pause = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(tries - 1, 10));
    await end(ports, id, way, { state: 'due', problem: message, next_at: new Date(now + pause * 1000), blocked, tries });
    return pause;
  }
}

function usefulUntil({ what, about: { end }, at }: Letter): number {
  const day = at.getTime() + blockedMs;
  return what.startsWith('ends-') && end !== undefined ? Math.min(day, Date.parse(end)) : day;
}

/** What is to be sent, with the seconds until then; what a worker left when it died is put down as unsure. */
export async function dueDeliveries({ store: { db }, clock }: TellingPorts): Promise<{ delivery: string; after: number }[]> {
  const now = clock.now();
  await db
    .updateTable('deliveries')
    .set({ state: 'unsure', claimed_until: null, problem: 'The process that sent it ended before it was answered.' })
    .where('state', '=', 'sending')
    .where('claimed_until', '<', now)
    .execute();
  const rows = await db
    .selectFrom('deliveries')
    .select(['notice_id', 'way', 'next_at'])
    .where('state', '=', 'due')
    .orderBy('next_at')
    .limit(mostAtOnce)
    .execute();
  return rows.map(({ notice_id, way, next_at }) => ({
    delivery: `${notice_id} ${way}`,
    after: Math.max(0, (next_at.getTime() - now.getTime()) / 1000),
  }));
}

/** How many messages wait for another try by now, by way, and whether some wait for the operator. */
export async function delayedDeliveries({ db }: Pick<Store, 'db'>): Promise<{ mail: number; webhook: number; blocked: number }> {
  const rows = await db
    .selectFrom('deliveries')
    .select([
      'way',
      ({ fn }) => fn.countAll<number>().as('count'),
      ({ fn }) => fn.countAll<number>().filterWhere('blocked', '=', true).as('blocked'),
    ])
    .where('state', '=', 'due')
    .where('tries', '>', 0)
    .groupBy('way')
    .execute();
  const of = (way: Way) => Number(rows.find((row) => row.way === way)?.count ?? 0);
  return { mail: of('mail'), webhook: of('webhook'), blocked: rows.reduce((sum, { blocked }) => sum + Number(blocked), 0) };
}

// Of several workers one gets the row.
async function claim({ store: { db }, clock }: TellingPorts, id: string, way: Way): Promise<Letter | undefined> {
  const now = clock.now();
  const claimed = await db
    .updateTable('deliveries')
    .set(({ eb }) => ({ state: 'sending', tries: eb('tries', '+', 1), claimed_until: new Date(now.getTime() + claimSeconds * 1000) }))
    .where('notice_id', '=', id)
    .where('way', '=', way)
    .where('state', '=', 'due')
    .where('next_at', '<=', now)
    .returning(['tries', 'blocked'])
    .executeTakeFirst();
  if (!claimed) return undefined;
  const row = await db
    .selectFrom('notices')
    .innerJoin('users', 'users.id', 'notices.user_id')
    .leftJoin('telling', 'telling.user_id', 'users.id')
    .select(['notices.what', 'notices.about', 'notices.at', 'users.id as userId', 'users.email', 'users.locale', 'telling.language'])
    .where('notices.id', '=', id)
    .executeTakeFirstOrThrow();
  const what = tellings.find((each) => each === row.what);
  if (!what) return undefined;
  const about = row.about as unknown as About; // written from this very type
  const language = languageOf(row);
  return { id, what, about, userId: row.userId, email: row.email, language, tries: claimed.tries, blocked: claimed.blocked, at: row.at };
}

function end(
  { store: { db } }: TellingPorts,
  id: string,
  way: Way,
  change: { state: 'sent' | 'failed' | 'unsure' | 'due'; problem: string | null; next_at?: Date; blocked: boolean; tries?: number },
): Promise<unknown> {
  return db
    .updateTable('deliveries')
    .set({ ...change, claimed_until: null })
    .where('notice_id', '=', id)
    .where('way', '=', way)
    .where('state', '=', 'sending')
    .execute();
}

async function mail({ sendMail, config }: TellingPorts, { id, what, about, email, language }: Letter): Promise<void> {
  if (!sendMail || email === null) throw new Undelivered('never', 'There is no mail server, or no address, any more.');
  const { title, lines } = wordsOf(what, about, language);
  const text = `${[...lines, ...footOf(language, config.url, about.path)].join('\n\n')}\n`;
  await sendMail({ to: email, subject: title, text, messageId: `${id}@${new URL(config.url).hostname}` });
}

/** What a webhook is sent. */
function messageOf({ config }: TellingPorts, { id, what, about, language }: Letter): { id: string; body: Record<string, unknown> } {
  const { path, ...rest } = about;
  const { title, lines } = wordsOf(what, about, language);
  return { id, body: { id, what, title, text: lines.join('\n'), url: `${config.url}${path}`, about: rest } };
}
