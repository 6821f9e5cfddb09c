import { type About, type Language, type Telling, type TellingPorts, tellings } from './types';
import { wordsOf } from './words';

/** A notice as screens show it. */
export interface ShownNotice {
  id: string;
  what: Telling;
  title: string;
  lines: string[];
  path: string;
  at: Date;
  seen: boolean;
  /** how it went out beside the screen */
  ways: { way: 'mail' | 'webhook'; state: 'due' | 'sending' | 'sent' | 'unsure' | 'failed' }[];
}

const most = 100;

/** What a person was told of, the newest first. */
export async function shownNotices({ store: { db } }: TellingPorts, userId: string, language: Language): Promise<ShownNotice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('user_id', '=', userId)
    .where('what', 'in', [...tellings])
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  const ids = rows.map(({ id }) => id);
  const sent =
    ids.length === 0 ? [] : await db.selectFrom('deliveries').select(['notice_id', 'way', 'state']).where('notice_id', 'in', ids).execute();
  return rows.flatMap(({ id, what: word, about, at, seen_at }) => {
    const what = tellings.find((each) => each === word);
    if (!what) return [];
    const known = about as unknown as About; // written from this very type
    const ways = sent.filter(({ notice_id }) => notice_id === id).map(({ way, state }) => ({ way, state }));
    return [{ id, what, ...wordsOf(what, known, language), path: known.path, at, seen: seen_at !== null, ways }];
  });
}

/** All that a person was told of so far is seen. */
export async function seeNotices({ store: { db }, clock }: TellingPorts, userId: string): Promise<void> {
  await db.updateTable('notices').set({ seen_at: clock.now() }).where('user_id', '=', userId).where('seen_at', 'is', null).execute();
}
