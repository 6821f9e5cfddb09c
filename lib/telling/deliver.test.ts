import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SmtpConfig } from '@/lib/core/config/smtp';
import { newId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { closeDoors } from '@/lib/web';
import { certificate } from '@/lib/web/testing/certificate';
import { serve } from '@/lib/web/testing/http-server';
import { delayedDeliveries, deliver, dueDeliveries } from './deliver';
import { signatureOf } from './hook';
import { mailer } from './mail';
import { lookForNotices } from './notices';
import { changeTelling, tellingSettings } from './settings';
import { mailServer } from './testing/mail-server';
import { TellingWorld } from './testing/world';
import { type SendMail, Undelivered } from './types';

let store: Store;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await closeDoors();
  await store.close();
});

async function postOffice(options: Parameters<typeof mailServer>[0] = {}) {
  const server = await mailServer(options);
  closing.push(() => server.close());
  return server;
}
const smtp = (port: number, change: Partial<SmtpConfig> = {}): SmtpConfig => ({
  host: 'localhost',
  port,
  security: 'starttls',
  from: 'Transat <transat@example.org>',
  ca: certificate,
  ...change,
});

async function worldWith(
  more: ConstructorParameters<typeof TellingWorld>[2],
  email?: string | null,
  locale?: string,
): Promise<TellingWorld> {
  const world = new TellingWorld(store, newId('user'), more);
  await world.person(email, locale);
  await world.lease(2);
  return world;
}
/** Looks, and sends all that is due, once. */
async function tell(world: TellingWorld): Promise<(number | null)[]> {
  await lookForNotices(world.ports);
  return send(world);
}
async function send(world: TellingWorld): Promise<(number | null)[]> {
  // those of other tests are due as well
  const mine = (await world.notices()).map(({ id }) => id);
  const due = (await dueDeliveries(world.ports)).filter(
    ({ delivery, after }) => after === 0 && mine.includes(delivery.split(' ')[0] ?? ''),
  );
  return Promise.all(due.map(({ delivery }) => deliver(world.ports, delivery)));
}

describe('by e-mail', () => {
  test('the end of a lease is told once, by verified TLS, with where to see more', async () => {
    const { port, letters } = await postOffice();
    const world = await worldWith({ sendMail: mailer(smtp(port)) });
    await tell(world);
    await tell(world);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatch(/^To: ada@example\.org\r$/m);
    expect(letters[0]).toMatch(/^Subject: The lease gpus ends in two hours\r$/m);
    expect(letters[0]).toContain('https://transat.example.org/leases/lease_');
    expect(letters[0]).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(await world.deliveries()).toEqual({ mail: 'sent' });
  });

  test('it is told in the language of the person', async () => {
    const { port, letters } = await postOffice();
    await tell(await worldWith({ sendMail: mailer(smtp(port)) }, 'ada@example.org', 'es-MX'));
    expect(letters[0]).toMatch(/^Subject: La reserva gpus acaba dentro de dos horas\r$/m);
    const world = await worldWith({ sendMail: mailer(smtp(port)) }, 'ada@example.org', 'es');
    await changeTelling(world.ports, world.userId, { language: 'en' });
    await tell(world);
    expect(letters[1]).toMatch(/^Subject: The lease gpus ends/m);
  });

  test.each([
    ['a server whose certificate nobody vouches for', { ca: undefined }, {}],
    ['a server without TLS', {}, { disabledCommands: ['STARTTLS'] }],
    ['a server that wants another password', { user: 'u', password: new Secret('wrong') }, { onAuth: refuseEverybody }],
    ['a server that takes nothing from our address', {}, { onMailFrom: refuseAddress }],
  ] as [string, Partial<SmtpConfig>, object][])(
    '%s gets no letter until the operator has mended that, which they are shown, and for as long as it is of use',
    async (_what, change, options) => {
      const { port, letters } = await postOffice(options);
      const world = await worldWith({ sendMail: mailer(smtp(port, change)) });
      expect(await tell(world)).toEqual([30]);
      expect([letters, await world.deliveries()]).toEqual([[], { mail: 'due' }]);
      expect(await delayedDeliveries(store)).toMatchObject({ mail: 1, blocked: 1 });
      for (let times = 0; times < 6; times++) {
        world.clock.advance(900_000);
        await send(world);
      }
      expect(await world.deliveries()).toEqual({ mail: 'due' });
      const mended = await postOffice();
      world.clock.advance(900_000);
      Object.assign(world.ports, { sendMail: mailer(smtp(mended.port)) });
      await send(world);
      expect([mended.letters.length, await world.deliveries()]).toEqual([1, { mail: 'sent' }]);
      expect(await delayedDeliveries(store)).toEqual({ mail: 0, webhook: 0, blocked: 0 });
    },
  );

  test('a letter that waited for the operator is tried as often as any other by the server that then asks for patience', async () => {
    const closed = await postOffice({ onAuth: refuseEverybody });
    const world = await worldWith({ sendMail: mailer(smtp(closed.port, { user: 'u', password: new Secret('wrong') })) });
    await tell(world);
    for (let times = 0; times < 6; times++) {
      world.clock.advance(900_000);
      await send(world);
    }
    let refusals = 0;
    const busy = await postOffice({
      onRcptTo(_address, _session, done) {
        if (++refusals > 2) return done();
        done(Object.assign(new Error('greylisted'), { responseCode: 450 }));
      },
    });
    Object.assign(world.ports, { sendMail: mailer(smtp(busy.port)) });
    for (let times = 0; times < 3; times++) {
      world.clock.advance(900_000);
      await send(world);
    }
    expect([busy.letters.length, await world.deliveries()]).toEqual([1, { mail: 'sent' }]);
  });

  test('a reminder of an end is sent no more once that has come, though the server is mended then', async () => {
    const { port } = await postOffice({ onAuth: refuseEverybody });
    const world = await worldWith({ sendMail: mailer(smtp(port, { user: 'u', password: new Secret('wrong') })) });
    expect(await tell(world)).toEqual([30]);
    world.clock.advance(7_200_000);
    expect(await send(world)).toEqual([null]);
    expect(await world.deliveries()).toEqual({ mail: 'failed' });
  });

  test('one that is refused for the moment is sent later, and not for ever; one for good is not', async () => {
    let refusals = 0;
    const busy = await postOffice({
      onRcptTo(_address, _session, done) {
        refusals++;
        done(Object.assign(new Error('busy'), { responseCode: 451 }));
      },
    });
    const world = await worldWith({ sendMail: mailer(smtp(busy.port)) });
    for (let times = 0; times < 8; times++) {
      await tell(world);
      world.clock.advance(600_000);
    }
    expect([refusals, await world.deliveries()]).toEqual([5, { mail: 'failed' }]);
    const strict = await postOffice({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    });
    const other = await worldWith({ sendMail: mailer(smtp(strict.port)) });
    expect(await tell(other)).toEqual([null]);
    expect(await other.deliveries()).toEqual({ mail: 'failed' });
  });

  test('one whose answer was lost may have been sent, so it is sent no second time', async () => {
    const lost: SendMail = () => Promise.reject(new Undelivered('unsure', 'cut off'));
    const world = await worldWith({ sendMail: lost });
    expect(await tell(world)).toEqual([null]);
    expect(await world.deliveries()).toEqual({ mail: 'unsure' });
  });

  test('nobody is written to who does not want it, or has no address', async () => {
    const never: SendMail = () => Promise.reject(new Error('a mail was sent'));
    const world = await worldWith({ sendMail: never });
    await changeTelling(world.ports, world.userId, { mail: false });
    const nameless = await worldWith({ sendMail: never }, null);
    await tell(world);
    expect([await world.deliveries(), await nameless.deliveries()]).toEqual([{}, {}]);
    expect((await world.notices()).map(({ what }) => what)).toEqual(['ends-2h']);
    expect((await tellingSettings(nameless.ports, nameless.userId)).mail.possible).toBe(false);
  });
});

describe('by webhook', () => {
  const webhooks = { allowedRanges: ['127.0.0.0/8'] };
  async function hooked(answer: Parameters<typeof serve>[0]) {
    const receiver = await serve(answer);
    closing.push(() => receiver.close());
    const world = await worldWith({ webhooks });
    const { secret } = await changeTelling(world.ports, world.userId, { webhookUrl: `${receiver.url}/hook?x=1` });
    return { receiver, world, secret: secret?.reveal() ?? '' };
  }

  test('a message is signed with the secret that was shown once, and sent once', async () => {
    const { receiver, world, secret } = await hooked(() => ({ status: 204 }));
    await tell(world);
    await tell(world);
    expect(receiver.seen).toHaveLength(1);
    const [{ url, headers, body } = { url: '', headers: {} as Record<string, string>, body: '' }] = receiver.seen;
    expect(url).toBe('/hook?x=1');
    const [, seconds = '', signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['transat-signature'])) ?? [];
    expect(signature).toBe(signatureOf(secret, Number(seconds), body));
    expect(JSON.parse(body)).toMatchObject({ what: 'ends-2h', id: headers['transat-delivery'], url: expect.stringContaining('/leases/') });
    expect(await world.deliveries()).toEqual({ webhook: 'sent' });
  });

  test.each([
    ['one that is busy is tried again', () => ({ status: 503 }) as const, 'due'],
    ['one that refuses is not', () => ({ status: 410 }) as const, 'failed'],
    ['one that breaks off may have taken it, and gets it no second time', () => 'cut' as const, 'unsure'],
  ] as [string, Parameters<typeof serve>[0], string][])('%s', async (_what, answer, state) => {
    const { world } = await hooked(answer);
    await tell(world);
    expect(await world.deliveries()).toEqual({ webhook: state });
  });

  test.each([
    ['an address in a private network', 'http://10.0.0.1/hook', {}],
    ['plain http', 'http://hooks.example.org/x', {}],
    ['no address', 'hooks', {}],
    ['an address where there are none', 'https://hooks.example.org/x', undefined],
  ])('%s is refused, with the field', async (_what, webhookUrl, offered) => {
    const world = await worldWith({ webhooks: offered && { allowedRanges: [] } });
    await expect(changeTelling(world.ports, world.userId, { webhookUrl })).rejects.toMatchObject({ fields: [{ path: 'webhookUrl' }] });
  });
});

function refuseAddress(_address: unknown, _session: unknown, done: (error: Error) => void): void {
  done(Object.assign(new Error('sender not allowed'), { responseCode: 550 }));
}
function refuseEverybody(_auth: unknown, _session: unknown, done: (error: Error) => void): void {
  done(new Error('Invalid username or password'));
}
