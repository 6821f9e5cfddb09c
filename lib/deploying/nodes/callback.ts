import type { Config } from '@/lib/core/config';
import { isLoopback } from '@/lib/core/loopback';
import type { Site } from '@/lib/sites';

type Addresses = Pick<Config, 'url' | 'callbackUrl' | 'sandbox' | 'sandboxUrl' | 'sandboxCallbackUrl'>;

/**
 * The address at which a site's nodes reach Transat. Those of the sandbox run on this very machine, whoever names its clouds as a site; for
 * all others this machine's own loopback address leads nowhere. Pure.
 * @returns null where they can't: Transat goes to them by SSH
 */
export function callbackFor(config: Addresses, site: Pick<Site, 'sandbox' | 'authUrl'> | undefined): string | null {
  if (site && (site.sandbox || isInSandbox(config, site.authUrl))) return config.sandboxCallbackUrl ?? config.callbackUrl ?? config.url;
  return config.callbackUrl && !isLoopback(new URL(config.callbackUrl).hostname) ? config.callbackUrl : null;
}

function isInSandbox({ sandbox, sandboxUrl }: Addresses, authUrl: string): boolean {
  if (!sandbox || !URL.canParse(authUrl)) return false;
  const [here, there] = [new URL(sandboxUrl), new URL(authUrl)];
  const sameHost = here.hostname === there.hostname || (isLoopback(here.hostname) && isLoopback(there.hostname));
  return sameHost && here.port === there.port && here.protocol === there.protocol;
}
