import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './shell';

const version = '1.21.4';
const module = 'github.com/hashicorp/vault';

// The library that the source wants in its own repository is published a little older: three places fall back to its shape.
const edits: [file: string, from: string, to: string][] = [
  [
    'vault/identity_store.go',
    'ActivationFunc: iStore.activateDeduplication,',
    'ActivationFunc: func(ctx context.Context, req *logical.Request, _ string) error { return iStore.activateDeduplication(ctx, req) },',
  ],
  ['vault/logical_system_activation_flags.go', 'idStoreBackend.ActivationFunc(ctx, nil)', 'idStoreBackend.ActivationFunc(ctx, nil, "")'],
  [
    'builtin/logical/transit/path_restore.go',
    'restoredKeyName, err := b.lm.RestorePolicy(',
    'restoredKeyName, err := keyName, b.lm.RestorePolicy(',
  ],
  // the smallest build has no login by Kubernetes
  ['helper/builtinplugins/registry.go', '	credJWT "', '	credKubernetes "github.com/hashicorp/vault-plugin-auth-kubernetes"\n	credJWT "'],
  [
    'helper/builtinplugins/registry.go',
    '"userpass": {Factory: credUserpass.Factory},',
    '"userpass": {Factory: credUserpass.Factory},\n			"kubernetes": {Factory: credKubernetes.Factory},',
  ],
];

/**
 * Builds a Vault server for tests from its Go modules, with the engines and logins that are in every build, and the login by Kubernetes. About a quarter of an
 * hour on two cores, once: it is kept at `file`.
 * @throws Error when there is no Go, or a module can't be had
 */
export async function buildVault(file: string): Promise<void> {
  const go = goBinary();
  const folder = mkdtempSync(join(tmpdir(), 'transat-vault-build-'));
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' };
  const replaced = [
    'github.com/99designs/keyring => github.com/Jeffail/keyring v1.2.3',
    'github.com/ma314smith/signedxml v1.1.1 => github.com/moov-io/signedxml v1.1.1',
  ];
  try {
    const told = execFileSync(go, ['mod', 'download', '-json', `${module}@v${version}`], { cwd: folder, env, encoding: 'utf8' });
    const source = String((JSON.parse(told) as { Dir: string }).Dir);
    cpSync(source, join(folder, 'src'), {
      recursive: true,
      filter: (path) => !/\/(ui|website|enos)$/.test(path) && !path.endsWith('_test.go'),
    });
    execFileSync('chmod', ['-R', 'u+w', join(folder, 'src')]);
    for (const [name, from, to] of edits) edit(join(folder, 'src', name), from, to);
    const lines = [
      'module transat.test/vault',
      'go 1.25.3',
      `require ${module} v${version}`,
      `replace ${module} => ./src`,
      ...replaced.map((line) => `replace ${line}`),
    ];
    writeFileSync(join(folder, 'go.mod'), `${lines.join('\n')}\n`);
    cpSync(join(source, 'go.sum'), join(folder, 'go.sum'));
    edit(join(folder, 'src/go.mod'), /^replace .*=> \.\/.*$/gm, '');
    chmodSync(join(folder, 'go.sum'), 0o644);
    writeFileSync(join(folder, 'need.go'), `//go:build need\n\npackage need\n\nimport _ "${module}"\n`);
    const args = ['build', '-p', '2', '-trimpath', '-ldflags', '-s -w', '-tags', 'minimal', '-o', 'vault', module];
    if ((await run('nice', ['-n', '10', go, ...args], { cwd: folder, env })) !== 0) throw new Error('Go did not build it.');
    mkdirSync(dirname(file), { recursive: true });
    cpSync(join(folder, 'vault'), `${file}.new`);
    renameSync(`${file}.new`, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Name of the file that {@link buildVault} makes; a later version is another one. */
export const vaultFile = `vault-${version}-with-kubernetes`;

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} is not as expected: ${String(from)}`);
  writeFileSync(file, edited);
}

function goBinary(): string {
  const places = [...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'go')), '/usr/local/go/bin/go'];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error('There is no Go on this machine.');
  return found;
}
