import { Secret } from '@/lib/core/secret';
import { openStore } from '@/lib/store/store';
import { deliver, dueDeliveries } from '../deliver';
import { mailer } from '../mail';
import { lookForNotices } from '../notices';
import { TellingWorld } from './world';

// One of several workers that tell people in time, for tests that let them race and kill them. It says `up`, waits for a line, looks, sends all that
// is due, and says `done`. HANG=1: it dies between asking for a mail to be sent and hearing of it.
const { DATABASE = '', PORT = '', NOW = '', USER_ID = '', HANG } = process.env;
const store = await openStore({ dataDir: '', databaseUrl: new Secret(DATABASE) });
const send = mailer({ host: '127.0.0.1', port: Number(PORT), security: 'none', from: 'transat@example.org' });
const sendMail: typeof send = async (mail) => {
  await send(mail);
  if (!HANG) return;
  process.stdout.write('sent\n');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
};
const { ports } = new TellingWorld(store, USER_ID, { sendMail }, new Date(NOW));
process.stdout.write('up\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
await lookForNotices(ports);
for (const { delivery, after } of await dueDeliveries(ports)) if (after === 0) await deliver(ports, delivery);
process.stdout.write('done\n');
