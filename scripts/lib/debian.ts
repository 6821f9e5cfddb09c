import { run } from './shell';

/**
 * Installs Debian's packages, as root or by a sudo that asks nothing.
 * @returns whether they could be installed; why not is shown
 */
export async function installPackages(packages: string[]): Promise<boolean> {
  const [program = 'apt-get', ...sudo] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run(program, [...sudo, 'update', '-qq'], { env });
    const args = [...sudo, 'install', '-y', '-qq', '--no-install-recommends', ...packages];
    return (await run(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })) === 0;
  } catch {
    // neither apt-get nor sudo: not a Debian, or a bare container
    return false;
  }
}
