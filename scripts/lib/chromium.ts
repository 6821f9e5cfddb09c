import { existsSync } from 'node:fs';
import { installPackages } from './debian';

/** Where Debian puts Chromium; CHROMIUM_PATH names another. */
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * Makes sure that there is a Chromium for the journeys; installs Debian's package where there is none.
 * @throws Error when it can't be installed, with what would help
 */
export async function ensureChromium(): Promise<void> {
  if (existsSync(chromiumPath)) return;
  console.log('Installing Chromium for the journeys …');
  const installed = await installPackages(['chromium', 'fonts-dejavu-core']);
  if (!installed || !existsSync(chromiumPath)) {
    throw new Error('There is no Chromium: install it (Debian: apt-get install chromium) or name one in CHROMIUM_PATH.');
  }
}
