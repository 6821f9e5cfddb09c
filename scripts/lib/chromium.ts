import { existsSync } from 'node:fs';
import { run } from './shell';

/** Where Debian puts Chromium; CHROMIUM_PATH names another. */
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * Makes sure that there is a Chromium for the journeys; installs Debian's package where there is none.
 * @throws Error when it can't be installed, with what would help
 */
export async function ensureChromium(): Promise<void> {
  if (existsSync(chromiumPath)) return;
  console.log('Installing Chromium for the journeys …');
  const [program = 'apt-get', ...sudo] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(program, [...sudo, 'update', '-qq'], { env });
  const packages = ['chromium', 'fonts-dejavu-core'];
  const code = await run(program, [...sudo, 'install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0 || !existsSync(chromiumPath)) {
    throw new Error('There is no Chromium: install it (Debian: apt-get install chromium) or name one in CHROMIUM_PATH.');
  }
}
