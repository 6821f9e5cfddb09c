import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, stop, waitForHttp } from './shell';

const VERSION = '26.4.7';
const ARTIFACT = 'keycloak-quarkus-dist';
const START_SECONDS = 600;
const run = promisify(execFile);

export interface RealKeycloak {
  /** without a realm */
  url: string;
  admin: { user: string; password: string };
  close(): Promise<void>;
}

/**
 * A Keycloak for tests, of its own release as Maven Central has it, on the machine's Java, all in memory.
 * @returns why there is none, in words
 */
export async function realKeycloak(): Promise<RealKeycloak | string> {
  const { TRANSAT_KEYCLOAK_URL: url, TRANSAT_KEYCLOAK_ADMIN: password } = process.env;
  if (url && password) return { url, admin: { user: 'admin', password }, close: async () => {} };
  if (!(await works('java', ['-version']))) return 'there is no Java';
  const home = await unpacked();
  return home === undefined ? 'Maven can’t bring it' : await startServer(home);
}

const works = (command: string, options: string[]) =>
  run(command, options).then(
    () => true,
    () => false,
  );

// Kept beside what else Transat's tests have brought, so that it is unpacked once a machine.
async function unpacked(): Promise<string | undefined> {
  const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'transat', `keycloak-${VERSION}`);
  if (existsSync(join(home, 'bin', 'kc.sh'))) return home;
  const archive = join(homedir(), '.m2', 'repository', 'org', 'keycloak', ARTIFACT, VERSION, `${ARTIFACT}-${VERSION}.tar.gz`);
  const get = ['-q', '-B', 'dependency:get', `-Dartifact=org.keycloak:${ARTIFACT}:${VERSION}:tar.gz`, '-Dtransitive=false'];
  if (!existsSync(archive)) await run('mvn', get, { cwd: tmpdir(), timeout: 600_000 }).catch(() => undefined);
  if (!existsSync(archive)) return undefined;
  mkdirSync(join(home, '..'), { recursive: true });
  const half = mkdtempSync(`${home}.`);
  await run('tar', ['xzf', archive, '-C', half, '--strip-components=1']);
  renameSync(half, home);
  return home;
}

async function startServer(home: string): Promise<RealKeycloak> {
  const data = mkdtempSync(join(tmpdir(), 'transat-keycloak-'));
  const [port, management] = [await freePort(), await freePort()];
  const password = randomUUID();
  const options = ['start-dev', '--db=dev-mem', '--http-host=127.0.0.1', `--http-port=${port}`, `--http-management-port=${management}`];
  const child = spawn(join(home, 'bin', 'kc.sh'), options, {
    cwd: data,
    env: {
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: password,
      JAVA_OPTS_APPEND: '-Xmx512m -Djava.net.preferIPv4Stack=true',
    },
    stdio: 'ignore',
  });
  const close = async () => {
    await stop(child);
    rmSync(data, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitForHttp(`${url}/realms/master`, START_SECONDS, () => child.exitCode !== null);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, admin: { user: 'admin', password }, close };
}
