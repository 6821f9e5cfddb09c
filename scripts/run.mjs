// The door of every npm script: `node scripts/run.mjs <task> [arguments]`. Runs on whatever Node the machine has,
// installs the packages where they are missing or old, and hands over to scripts/tasks under the project's own Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [task = 'start', ...args] = process.argv.slice(2);
const modules = join(root, 'node_modules');
const stamp = join(modules, '.transat-lock');
const ownNode = join(modules, 'node', 'bin', 'node');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted || !existsSync(ownNode)) {
  console.log('Installing packages (once; about a minute) …');
  // not `npm ci`: it insists on every platform's optional packages, and not every registry holds them all
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const result = spawnSync(
    npm[0],
    [...npm.slice(1), 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (result.status !== 0) {
    console.error('The packages could not be installed; what npm said stands above.');
    process.exit(result.status ?? 1);
  }
  // renamed into its place: a tree whose packages are links to another's has a stamp of its own
  writeFileSync(`${stamp}.new`, wanted);
  renameSync(`${stamp}.new`, stamp);
}

const env = { ...process.env, PATH: [dirname(ownNode), join(modules, '.bin'), process.env.PATH].join(':') };
const command =
  task === 'exec'
    ? args
    : [ownNode, '--import', join(modules, 'tsx/dist/loader.mjs'), join(root, 'scripts', 'tasks', `${task}.ts`), ...args];
const child = spawn(command[0], command.slice(1), { cwd: root, stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => console.error(error.message));
child.on('close', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
