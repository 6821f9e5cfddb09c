import { resolve } from 'node:path';
import { startSandbox } from './index';

/**
 * The sandbox by itself, for those who try a client against it: `npm run sandbox`.
 * TRANSAT_SANDBOX_PORT (else PORT + 100), TRANSAT_DATA, TRANSAT_URL and TRANSAT_SANDBOX_SPEED set it.
 */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const port = Number(env.TRANSAT_SANDBOX_PORT ?? Number(env.PORT ?? 3000) + 100);
  const sandbox = await startSandbox({
    port,
    dataDir: resolve(env.TRANSAT_DATA ?? '.transat'),
    transatUrl: env.TRANSAT_URL ?? `http://localhost:${env.PORT ?? 3000}`,
  });
  console.log(
    `Sandbox: OpenID provider ${sandbox.url}/oidc, clouds ${sandbox.url}/europe/v3, ${sandbox.url}/america/v3 and ${sandbox.url}/america-kvm/v3`,
  );
  console.log(`Credentials to try: ${sandbox.url}/europe/try-me and ${sandbox.url}/america/try-me. Stop with Ctrl-C.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
