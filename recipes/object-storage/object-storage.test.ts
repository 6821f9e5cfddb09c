import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { scriptText } from '../testing/script';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const authority = generateCertificateAuthority('storage', new Date()).reveal();

// A machine in a folder: the scripts' paths lead there, and what would change this machine is told of.
let machine: string;
const at = (path: string) => join(machine, path);
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\necho "${program} $*" >>"$R/calls"\n${body}\n`, { mode: 0o755 });

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'object-storage-'));
  for (const folder of ['bin', 'mnt', 'etc/systemd/system', 'etc/nginx/conf.d', 'buckets']) mkdirSync(at(folder), { recursive: true });
  play(
    'systemctl',
    'unit=$2; [ "$1" != is-active ] || unit=$3; [ "$1" != is-active ] || [ -e "$R/runs.$unit" ]; [[ "$1" != *restart ]] || touch "$R/runs.$2"',
  );
  for (const program of ['nginx', 'id', 'sleep']) play(program, 'true');
  play('curl', 'case "$*" in *http_code*) printf 403 ;; esac; [ ! -e "$R/silent" ]');
  // the owners are not there on the machine that tests
  play(
    'install',
    'for ((left = $#; left > 0; left--)); do case $1 in -o|-g) shift 2; left=$((left - 1)) ;; *) set -- "$@" "$1"; shift ;; esac; done; exec /usr/bin/install "$@"',
  );
  play(
    's3cmd',
    `words="$*"; last="\${@: -1}"
[ "$AWS_SECRET_ACCESS_KEY" = "$(cat "$R/secret")" ] || [ -e "$R/open" ] || exit 77
case " $words " in
  *" ls s3://"*) (cd "$R/buckets" && ls -d "\${last#s3://}"* 2>/dev/null | sed 's|^|2026-01-01 00:00  11534336  s3://|') ;;
  *" ls "*) ls "$R/buckets" | sed 's|^|2026-01-01 00:00  s3://|' ;;
  *" multipart "*) printf '%s\\nInitiated\\tPath\\tId\\n' "$last"; cat "$R/begun" 2>/dev/null ;;
  *" mb "*) mkdir "$R/buckets/\${last#s3://}" ;;
  *" put "*) set -- $words; cp "\${@: -2:1}" "$R/buckets/\${last#s3://}" ;;
  *" get "*) set -- $words; cp "$R/buckets/\${*: -2:1}" "$last" 2>/dev/null || { from=\${@: -2:1}; cp "$R/buckets/\${from#s3://}" "$last"; }; [ ! -e "$R/corrupts" ] || echo x >>"$last" ;;
  *" del "*) rm "$R/buckets/\${last#s3://}" ;;
esac`,
  );
});
afterEach(() => rmSync(machine, { recursive: true }));

const given = {
  PRIVATE_ADDRESS: '10.0.0.1',
  PUBLIC_ADDRESS: '192.0.2.7',
  NODE_NAME: 'objects',
  LOGIN_USER: 'debian',
  ACCESS_KEY: 'AKEY123456',
  SECRET_KEY: `a"hard\\one'$(touch x)\`id\`%s`,
  BUCKETS: 'data\nmore',
};
function run(script: 'server' | 'proof', changed: Partial<typeof given> & { PORT?: string; DATA?: string } = {}) {
  for (const file of ['calls', 'outputs']) writeFileSync(at(file), '');
  writeFileSync(at('secret'), given.SECRET_KEY);
  const text = scriptText(join(import.meta.dirname, `scripts/${script}.sh`)).replaceAll(/(?<![\w./:])\/(etc|mnt)\//g, `${machine}/$1/`);
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `. ${functions}; ${text}`], {
    encoding: 'utf8',
    cwd: machine,
    env: {
      NODE_ENV: 'test',
      HOME: machine,
      PATH: `${at('bin')}:${process.env.PATH}`,
      TRANSAT_OUTPUTS: at('outputs'),
      CA_CERT: authority.cert,
      CA_KEY: authority.key,
      ...given,
      ...changed,
    },
  });
  return { code: status, printed: stdout + stderr, calls: readFileSync(at('calls'), 'utf8'), outputs: readFileSync(at('outputs'), 'utf8') };
}
const restarts = (calls: string) => calls.match(/(?<=restart )\S+/g) ?? [];

it('keeps the keys as they are given, for the storage alone, and shows them nowhere else', () => {
  const { code, printed, calls, outputs } = run('server');
  expect([code, printed]).toEqual([0, expect.stringContaining('answers at https://192.0.2.7')]);
  const file = at('etc/seaweedfs/identities.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    identities: [{ credentials: [{ accessKey: given.ACCESS_KEY, secretKey: given.SECRET_KEY }], actions: ['Admin'] }],
  });
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(existsSync(at('x'))).toBe(false);
  for (const text of [printed, calls, outputs, readFileSync(at('etc/systemd/system/seaweedfs.service'), 'utf8')])
    expect(text).not.toContain('hard');
});

it('answers on the network by nginx alone, tells nobody of its use, and loses no bucket that is not empty', () => {
  run('server');
  const unit = readFileSync(at('etc/systemd/system/seaweedfs.service'), 'utf8');
  expect(unit.match(/-(?:s3\.)?ip\S*=\S+/g)).toEqual(['-ip=127.0.0.1', '-ip.bind=127.0.0.1', '-s3.ip.bind=127.0.0.1']);
  for (const option of ['-master.telemetry=false', '-s3.allowDeleteBucketNotEmpty=false', '-s3.port.iceberg=0', '-s3.port.lance=0'])
    expect(unit).toContain(option);
  const tls = at('etc/seaweedfs/tls');
  writeFileSync(at('authority.pem'), authority.cert);
  for (const ip of ['192.0.2.7', '10.0.0.1'])
    expect(
      String(execFileSync('openssl', ['verify', '-CAfile', at('authority.pem'), '-verify_ip', ip, join(tls, 'certificate.pem')])),
    ).toContain('OK');
  expect(statSync(join(tls, 'key.pem')).mode & 0o777).toBe(0o600);
  expect(readFileSync(at('etc/nginx/conf.d/object-storage.conf'), 'utf8')).toContain('proxy_set_header Host $http_host;');
});

it('answers by another port and keeps objects in another folder where it is told so', () => {
  const elsewhere = { PORT: '30300', DATA: at('mnt/elsewhere') };
  const { code, calls, outputs } = run('server', elsewhere);
  expect([code, outputs]).toEqual([0, expect.stringContaining('endpoint=https://192.0.2.7:30300\n')]);
  expect(calls).toContain('https://10.0.0.1:30300/healthz');
  expect(readFileSync(at('etc/nginx/conf.d/object-storage.conf'), 'utf8')).toContain('listen 30300 ssl;');
  expect(readFileSync(at('etc/systemd/system/seaweedfs.service'), 'utf8')).toContain(`-dir=${elsewhere.DATA} `);
  const proof = run('proof', { PORT: '30300' });
  expect([proof.code, proof.calls], proof.printed).toEqual([
    0,
    expect.stringContaining('--host 10.0.0.1:30300 --host-bucket 10.0.0.1:30300'),
  ]);
  expect(proof.calls).toContain('https://10.0.0.1:30300/data/transat-proof-');
  expect(run('server').outputs).toContain('endpoint=https://192.0.2.7\n');
});

it('begins anew where something has changed, and only what reads it', () => {
  expect(restarts(run('server').calls)).toEqual(['seaweedfs', 'nginx']);
  expect(restarts(run('server').calls)).toEqual([]);
  expect(restarts(run('server', { SECRET_KEY: 'another one now, "too"' }).calls)).toEqual(['seaweedfs']);
  expect(restarts(run('server', { SECRET_KEY: 'another one now, "too"', PUBLIC_ADDRESS: '192.0.2.8' }).calls)).toEqual(['nginx']);
});

it('makes the buckets that are not there, and proves with a usual client that objects are kept, as often as one likes', () => {
  for (const made of [['data', 'more'], []]) {
    const { code, printed, calls, outputs } = run('proof');
    expect([code, outputs], printed).toEqual([0, expect.stringContaining('was put and got')]);
    expect(calls.match(/(?<=mb s3:\/\/)\S+/g) ?? []).toEqual(made);
    expect(calls).not.toContain('hard');
    expect(calls).toMatch(/del s3:\/\/data\/transat-proof-[0-9a-f]{12}\n$/);
  }
});

it('takes away what a proof has left that was cut off, and nothing of anybody else', () => {
  run('proof');
  const [left, theirs] = ['transat-proof-0123456789ab', 'transat-proof-of-mine'];
  for (const name of [left, theirs]) writeFileSync(at(`buckets/data/${name}`), '');
  writeFileSync(at('begun'), [left, theirs].map((name) => `2026-01-01T00:00:00Z\ts3://data/${name}\tid-of-${name}\n`).join(''));
  const { code, printed, calls } = run('proof');
  expect([code, readdirSync(at('buckets/data'))], printed).toEqual([0, [theirs]]);
  expect(calls.match(/(?<=abortmp ).*/g)).toEqual([`s3://data/${left} id-of-${left}`]);
});

it.each([
  ['lets in who has a wrong key', 'open', /wrong secret key is let in/],
  ['gives back what was not put', 'corrupts', /not what was put/],
])('proves nothing of a storage that %s', (_, how, said) => {
  writeFileSync(at(how), '');
  const { code, printed, outputs } = run('proof');
  expect([code, outputs, printed]).toEqual([1, '', expect.stringMatching(said)]);
});
