import { createHash, randomBytes } from 'node:crypto';
import { invalidInput } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import { checkUrl } from '@/lib/web/guard';
import { hookKind } from './hook';
import { type Language, languageOf, type TellingPorts } from './types';

/** How somebody is told, and what they can choose. */
export interface TellingSettings {
  mail: { on: boolean /** the operator has a mail server, and their address is known */; possible: boolean; address: string | null };
  webhook: { url: string | null; possible: boolean };
  language: Language;
  /** since when there is a calendar that others can read who have its address; null: there is none */
  feedMadeAt: Date | null;
}

export interface TellingChange {
  mail?: boolean;
  language?: Language;
  /** null takes it away */
  webhookUrl?: string | null;
}

export async function tellingSettings(ports: TellingPorts, userId: string): Promise<TellingSettings> {
  const row = await ports.store.db
    .selectFrom('users')
    .leftJoin('telling', 'telling.user_id', 'users.id')
    .select(['users.email', 'users.locale', 'telling.mail', 'telling.language', 'telling.webhook_url', 'telling.feed_made_at'])
    .where('users.id', '=', userId)
    .executeTakeFirstOrThrow();
  return {
    mail: { on: row.mail !== false, possible: ports.sendMail !== undefined && row.email !== null, address: row.email },
    webhook: { url: row.webhook_url, possible: ports.webhooks !== undefined },
    language: languageOf(row),
    feedMadeAt: row.feed_made_at,
  };
}

/**
 * Changes how somebody is told. A new webhook gets a new secret.
 * @returns that secret, which is not shown again
 * @throws AppError `invalid-input` for an address that no webhook can have, or where the operator has none
 */
export async function changeTelling(ports: TellingPorts, userId: string, change: TellingChange): Promise<{ secret: Secret | null }> {
  const { mail, language, webhookUrl } = change;
  const secret = webhookUrl ? new Secret(`whsec_${randomBytes(24).toString('base64url')}`) : null;
  if (webhookUrl) checkHook(ports, webhookUrl);
  const hook =
    webhookUrl === undefined
      ? {}
      : { webhook_url: webhookUrl, webhook_secret: secret && (await ports.vault.seal(userId, userId, hookKind, secret)) };
  const set = { ...(mail === undefined ? {} : { mail }), ...(language === undefined ? {} : { language }), ...hook };
  await keep(ports, userId, set);
  return { secret };
}

function checkHook({ webhooks }: TellingPorts, text: string): void {
  const refuse = (message: string) => invalidInput([{ path: 'webhookUrl', message }]);
  if (!webhooks) throw refuse('Webhooks are not offered here.');
  const url = URL.parse(text);
  if (!url) throw refuse('This is no address.');
  try {
    checkUrl(url, { id: 'webhook', kind: 'receiver', name: url.host, allowedRanges: webhooks.allowedRanges, discreet: true });
  } catch (error) {
    const { cause, remedy } = error as { cause?: string; remedy?: string };
    throw refuse([cause, remedy].filter(Boolean).join(' ') || 'This address can’t be used.');
  }
}

/** Makes the token of a person's calendar anew: the one before opens nothing any more. @returns it; it is not kept itself */
export async function makeFeed(ports: TellingPorts, userId: string): Promise<Secret> {
  const token = `transat_ics_${randomBytes(24).toString('base64url')}`;
  await keep(ports, userId, { feed_hash: hashOf(token), feed_made_at: ports.clock.now() });
  return new Secret(token);
}

/** Takes the calendar away. */
export async function endFeed(ports: TellingPorts, userId: string): Promise<void> {
  await keep(ports, userId, { feed_hash: null, feed_made_at: null });
}

/** Whose calendar a token opens; undefined where it opens none. */
export async function ownerOfFeed({ store: { db } }: TellingPorts, token: string): Promise<string | undefined> {
  const row = await db.selectFrom('telling').select('user_id').where('feed_hash', '=', hashOf(token)).executeTakeFirst();
  return row?.user_id;
}

async function keep({ store: { db } }: TellingPorts, userId: string, set: Record<string, unknown>): Promise<void> {
  await db
    .insertInto('telling')
    .values({ user_id: userId, ...set })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(Object.keys(set).length > 0 ? set : { user_id: userId }))
    .execute();
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
