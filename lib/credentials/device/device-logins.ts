import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError, type Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { DeviceLoginRow, Schema } from '@/lib/store/schema';
import type { OpenIdClient } from '../openid/client';
import type { TokenSet, Vault } from '../types';
import { redeemDevice, startDevice } from './device-flow';

export type DeviceLogin = Selectable<DeviceLoginRow>;

const KIND = 'device-code';
/** RFC 8628, 3.5: by how many seconds a `slow_down` lengthens the interval. */
const SLOWER_SECONDS = 5;
/** Device flows older than this are of no interest to anybody. */
const FORGET_MS = 86_400_000;
/** Of this many that a person has begun and not ended, the oldest is given up. */
const MOST_WAITING = 5;
/** A question that got no answer, and whatever comes of one, has ended after this. */
const ASKING_SECONDS = 60;
/** No provider is asked less often than this, whatever it wishes, and no code lives longer. */
const LONGEST_INTERVAL_SECONDS = 300;
const LONGEST_LIFE_SECONDS = 86_400;

/** Device flows under way. Every call names the owner; another's is as one that is not there. */
export interface DeviceLogins {
  /** Asks the provider for a code. @throws AppError as `startDevice` */
  begin(userId: string, site: string, client: OpenIdClient): Promise<DeviceLogin>;
  find(userId: string, id: string): Promise<DeviceLogin | undefined>;
  /** One of anybody's, for what is done without them. */
  read(id: string): Promise<DeviceLogin | undefined>;
  /** Those that nobody has answered yet: ids, and when each is to be asked about. */
  waiting(): Promise<Pick<DeviceLogin, 'id' | 'next_poll_at'>[]>;
  /**
   * Asks the provider, where it is time to, and writes what came of it. Of parallel calls, in whatever process, one asks.
   * @param keep what to do with the tokens; what it throws is kept as the flow's problem
   */
  advance(login: DeviceLogin, client: OpenIdClient, keep: (tokens: TokenSet) => Promise<void>): Promise<DeviceLogin>;
}

/** The device flows of a database. */
export function createDeviceLogins({ db, vault, clock }: { db: Kysely<Schema>; vault: Vault; clock: Clock }): DeviceLogins {
  const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

  const read = (id: string) => db.selectFrom('device_logins').selectAll().where('id', '=', id).executeTakeFirst();

  // what has come to an end stays so, whoever else still asks
  const change = async (login: DeviceLogin, values: Updateable<DeviceLoginRow>) =>
    (await db
      .updateTable('device_logins')
      .set(values)
      .where('id', '=', login.id)
      .where('state', '=', 'waiting')
      .returningAll()
      .executeTakeFirst()) ??
    (await read(login.id)) ??
    login;

  const write = (login: DeviceLogin, state: DeviceLogin['state'], problem: Problem | null = null) =>
    change(login, { state, problem: problem && JSON.stringify(problem) });

  const wait = (login: DeviceLogin, interval: number) => {
    const seconds = Math.min(interval, LONGEST_INTERVAL_SECONDS);
    return change(login, { interval_seconds: seconds, next_poll_at: inSeconds(seconds) });
  };

  // who moves the next question on is the one who asks now, and nobody else does until it is answered
  const claim = (login: DeviceLogin) =>
    db
      .updateTable('device_logins')
      .set({ next_poll_at: inSeconds(Math.max(login.interval_seconds, ASKING_SECONDS)) })
      .where('id', '=', login.id)
      .where('state', '=', 'waiting')
      .where('next_poll_at', '<=', clock.now())
      .returningAll()
      .executeTakeFirst();

  const find: DeviceLogins['find'] = (userId, id) =>
    db.selectFrom('device_logins').selectAll().where('user_id', '=', userId).where('id', '=', id).executeTakeFirst();

  const giveUpOldest = async (userId: string) => {
    const waiting = await db
      .selectFrom('device_logins')
      .select('id')
      .where('user_id', '=', userId)
      .where('state', '=', 'waiting')
      .orderBy('created_at', 'desc')
      .execute();
    const ids = waiting.slice(MOST_WAITING - 1).map(({ id }) => id);
    if (ids.length > 0) await db.updateTable('device_logins').set({ state: 'expired' }).where('id', 'in', ids).execute();
  };

  return {
    find,
    read,
    waiting: () => db.selectFrom('device_logins').select(['id', 'next_poll_at']).where('state', '=', 'waiting').execute(),

    async begin(userId, site, client) {
      const start = await startDevice(client);
      const interval = Math.min(Math.ceil(start.interval), LONGEST_INTERVAL_SECONDS);
      await giveUpOldest(userId);
      await db
        .deleteFrom('device_logins')
        .where('created_at', '<', new Date(clock.now().getTime() - FORGET_MS))
        .execute();
      const id = newId('dev');
      return await db
        .insertInto('device_logins')
        .values({
          id,
          user_id: userId,
          site,
          provider: client.provider.id,
          device_code: await vault.seal(userId, id, KIND, start.deviceCode),
          user_code: start.userCode,
          verification_uri: start.verificationUri,
          verification_uri_complete: start.verificationUriComplete ?? null,
          interval_seconds: interval,
          next_poll_at: inSeconds(interval),
          expires_at: inSeconds(Math.min(start.expiresIn, LONGEST_LIFE_SECONDS)),
          created_at: clock.now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    async advance(login, client, keep) {
      if (login.state !== 'waiting') return login;
      if (login.expires_at <= clock.now()) return await write(login, 'expired');
      const mine = await claim(login);
      if (!mine) return (await find(login.user_id, login.id)) ?? login;
      try {
        const code = await vault.open(mine.user_id, mine.id, KIND, mine.device_code, 'ask whether the device flow was approved');
        const answer = await redeemDevice(client, code);
        if (answer.state === 'slow-down') return await wait(mine, mine.interval_seconds + SLOWER_SECONDS);
        if (answer.state === 'pending') return await wait(mine, mine.interval_seconds);
        if (answer.state !== 'granted') return await write(mine, answer.state);
        await keep(answer.tokens);
        return await write(mine, 'connected');
      } catch (error) {
        // RFC 8628, 3.5: after a time-out one asks less often
        if (error instanceof AppError && error.upstream?.service === 'openid' && error.code === 'upstream-failed') {
          return await wait(mine, mine.interval_seconds * 2);
        }
        return await write(mine, 'failed', AppError.from(error).toProblem());
      }
    },
  };
}
