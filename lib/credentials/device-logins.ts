import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError, type Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { DeviceLoginRow, Schema } from '@/lib/store/schema';
import { redeemDevice, startDevice } from './device-flow';
import type { OpenIdClient } from './openid';
import type { TokenSet, Vault } from './types';

export type DeviceLogin = Selectable<DeviceLoginRow>;

const KIND = 'device-code';
/** RFC 8628, 3.5: by how many seconds a `slow_down` lengthens the interval. */
const SLOWER_SECONDS = 5;
/** Device flows older than this are of no interest to anybody. */
const FORGET_MS = 86_400_000;

/** Device flows under way. Every call names the owner; another's is as one that is not there. */
export interface DeviceLogins {
  /** Asks the provider for a code. @throws AppError as `startDevice` */
  begin(userId: string, site: string, client: OpenIdClient): Promise<DeviceLogin>;
  find(userId: string, id: string): Promise<DeviceLogin | undefined>;
  /**
   * Asks the provider, where it is time to, and writes what came of it. Of parallel calls, in whatever process, one asks.
   * @param keep what to do with the tokens; what it throws is kept as the flow's problem
   */
  advance(login: DeviceLogin, client: OpenIdClient, keep: (tokens: TokenSet) => Promise<void>): Promise<DeviceLogin>;
}

/** The device flows of a database. */
export function createDeviceLogins({ db, vault, clock }: { db: Kysely<Schema>; vault: Vault; clock: Clock }): DeviceLogins {
  const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

  const write = (login: DeviceLogin, state: DeviceLogin['state'], problem: Problem | null = null) =>
    db
      .updateTable('device_logins')
      .set({ state, problem: problem && JSON.stringify(problem) })
      .where('id', '=', login.id)
      .returningAll()
      .executeTakeFirstOrThrow();

  const wait = (login: DeviceLogin, interval: number) =>
    db
      .updateTable('device_logins')
      .set({ interval_seconds: interval, next_poll_at: inSeconds(interval) })
      .where('id', '=', login.id)
      .returningAll()
      .executeTakeFirstOrThrow();

  // who moves the next question on is the one who asks now
  const claim = (login: DeviceLogin) =>
    db
      .updateTable('device_logins')
      .set({ next_poll_at: inSeconds(login.interval_seconds) })
      .where('id', '=', login.id)
      .where('state', '=', 'waiting')
      .where('next_poll_at', '<=', clock.now())
      .returningAll()
      .executeTakeFirst();

  const find: DeviceLogins['find'] = (userId, id) =>
    db.selectFrom('device_logins').selectAll().where('user_id', '=', userId).where('id', '=', id).executeTakeFirst();

  return {
    find,

    async begin(userId, site, client) {
      const start = await startDevice(client);
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
          interval_seconds: Math.ceil(start.interval),
          next_poll_at: inSeconds(Math.ceil(start.interval)),
          expires_at: inSeconds(start.expiresIn),
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
        if (answer.state === 'pending') return mine;
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
