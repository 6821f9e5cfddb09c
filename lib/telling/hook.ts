import { createHmac } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import { isUnclear } from '@/lib/web';
import { doorOf } from '@/lib/web/doors';
import { type TellingPorts, Undelivered } from './types';

/** What a person's secret for webhooks is sealed as. */
export const hookKind = 'webhook-secret';
const timeoutMs = 15_000;

/**
 * Posts a message to a person's webhook. It is signed as others do it: `Transat-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 of
 * `<seconds>.<body>` with their secret; `Transat-Delivery` is the same for the same message.
 * @throws Undelivered
 */
export async function postToHook(
  { store: { db }, vault, clock, webhooks }: TellingPorts,
  userId: string,
  { id, body }: { id: string; body: Record<string, unknown> },
): Promise<void> {
  const row = await db.selectFrom('telling').select(['webhook_url', 'webhook_secret']).where('user_id', '=', userId).executeTakeFirst();
  if (!webhooks || !row?.webhook_url || !row.webhook_secret) throw new Undelivered('never', 'There is no webhook any more.');
  const secret = await vault.open(userId, userId, hookKind, row.webhook_secret, 'sign a message to a webhook');
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const url = new URL(row.webhook_url);
  const door = doorOf({
    id: `webhook of ${userId}`,
    kind: 'receiver',
    name: url.host,
    address: url.origin,
    allowedRanges: webhooks.allowedRanges,
    discreet: true,
  });
  const signature = `t=${seconds},v1=${signatureOf(secret.reveal(), seconds, JSON.stringify(body))}`;
  const headers = { 'transat-delivery': id, 'transat-signature': signature };
  const answer = await door.send({ service: 'webhook', method: 'POST', url, headers, body, timeoutMs }).catch((error: unknown) => {
    const { code, title } = AppError.from(error);
    throw new Undelivered(code === 'site-address-refused' ? 'never' : isUnclear(error) ? 'unsure' : 'again', title);
  });
  if (answer.status >= 200 && answer.status < 300) return;
  // it has answered, so it is known that it did not take it
  const busy = answer.status >= 500 || answer.status === 408 || answer.status === 429;
  throw new Undelivered(busy ? 'again' : 'never', `The webhook answered ${answer.status}.`);
}

/** The signature of a message's body, for whoever checks it. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
