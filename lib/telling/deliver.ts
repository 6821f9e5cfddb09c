import type { Way } from '@/lib/store/telling-rows';
import { postToHook } from './hook';
import { type About, type Language, type Telling, type TellingPorts, tellings, Undelivered } from './types';
import { footOf, wordsOf } from './words';

/** Longer than any sending takes: what is still `sending` then was left by a worker that died. */
const claimSeconds = 120;
const triesTaken = 5;

interface Letter {
  id: string;
  what: Telling;
  about: About;
  userId: string;
  email: string | null;
  language: Language;
  tries: number;
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
    await end(ports, id, way, { state: 'sent', problem: null });
    return null;
  } catch (error) {
    const { next, message } = error instanceof Undelivered ? error : new Undelivered('unsure', String(error));
    if (next !== 'again' || letter.tries >= triesTaken) {
      await end(ports, id, way, { state: next === 'unsure' ? 'unsure' : 'failed', problem: message });
      return null;
    }
    const pause = 30 * 2 ** (letter.tries - 1);
    const later = new Date(ports.clock.now().getTime() + pause * 1000);
    await end(ports, id, way, { state: 'due', problem: message, next_at: later });
    return pause;
  }
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
  const rows = await db.selectFrom('deliveries').select(['notice_id', 'way', 'next_at']).where('state', '=', 'due').execute();
  return rows.map(({ notice_id, way, next_at }) => ({
    delivery: `${notice_id} ${way}`,
    after: Math.max(0, (next_at.getTime() - now.getTime()) / 1000),
  }));
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
    .returning('tries')
    .executeTakeFirst();
  if (!claimed) return undefined;
  const row = await db
    .selectFrom('notices')
    .innerJoin('users', 'users.id', 'notices.user_id')
    .leftJoin('telling', 'telling.user_id', 'users.id')
    .select(['notices.what', 'notices.about', 'users.id as userId', 'users.email', 'users.locale', 'telling.language'])
    .where('notices.id', '=', id)
    .executeTakeFirstOrThrow();
  const what = tellings.find((each) => each === row.what);
  if (!what) return undefined;
  const about = row.about as unknown as About; // written from this very type
  const language = row.language ?? (row.locale?.toLowerCase().startsWith('es') ? 'es' : 'en');
  return { id, what, about, userId: row.userId, email: row.email, language, tries: claimed.tries };
}

function end(
  { store: { db } }: TellingPorts,
  id: string,
  way: Way,
  change: { state: 'sent' | 'failed' | 'unsure' | 'due'; problem: string | null; next_at?: Date },
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
