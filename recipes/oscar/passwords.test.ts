import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machine, worstPasswords } from '../testing/machine';

let machine: Machine;
const given = {
  MINIO_PASSWORD: 'plain enough',
  OSCAR_PASSWORD: 'plain enough, too',
  MINIO_IMAGE: 'registry.example/minio:1@sha256:0',
  PORT: '30300',
  CONSOLE_PORT: '30301',
  OSCAR_IMAGE: 'registry.example/oscar:4@sha256:0',
  DOWNLOADER_IMAGE: 'registry.example/downloader:1@sha256:0',
  PAUSE_IMAGE: 'registry.example/pause:1',
  OIDC: 'true',
  OIDC_ISSUERS: 'https://aai.example.org/',
  VOS: 'vo.example.org',
  ADMINS: 'somebody@example.org',
  DELEGATION: 'false',
  DELEGATION_SECONDS: '30',
};

beforeEach(() => {
  machine = new Machine();
  for (const path of ['etc/transat/proxy.env', 'etc/nginx/sites-available/x', 'etc/nginx/sites-enabled/default', 'mnt/volumes/x'])
    machine.write(path, '');
  for (const program of ['pull-image', 'nginx']) machine.play(program, 'true');
  // a cluster that keeps secrets as they were given, and what was applied to it; the words of secrets' files are pipes
  machine.play(
    'kubectl',
    String.raw`case " $* " in *" create secret "*)
  for word; do case $word in --from-file=*=*) name=\${word#--from-file=}; cat "\${name#*=}" >"$R/secret.\${name%%=*}" ;; esac; done ;;
*" apply "*) cat >>"$R/applied" ;; *jsonpath*) echo 10.96.0.9 ;; esac`.replaceAll('\\$', '$'),
  );
  // lets in by what stands in its settings, as curl reads them
  machine.play(
    'curl',
    `cat >"$R/login"
case "$*" in *http_code*) printf 200 ;; esac`,
  );
});
afterEach(() => machine.clear());
const run = (script: 'minio' | 'oscar', changed: Partial<typeof given> = {}) =>
  machine.run(join(import.meta.dirname, `scripts/${script}.sh`), { ...given, ...changed });
const login = (user: string, password: string) => `user = "${user}:${password.replaceAll(/[\\"]/g, String.raw`\$&`)}"\n`;

it.each(worstPasswords)(
  'gives MinIO and OSCAR the password %s as it is, and writes it nowhere but into the cluster’s secrets',
  (password) => {
    const own = `${password} 2`;
    const minio = run('minio', { MINIO_PASSWORD: password });
    expect([minio.code, machine.read('secret.MINIO_ROOT_PASSWORD'), machine.read('login')], minio.printed).toEqual([
      0,
      password,
      login('minio', password),
    ]);
    const oscar = run('oscar', { MINIO_PASSWORD: password, OSCAR_PASSWORD: own });
    expect(
      [
        oscar.code,
        machine.read('secret.MINIO_SECRET_KEY'),
        machine.read('secret.secretKey'),
        machine.read('secret.OSCAR_PASSWORD'),
        machine.read('login'),
      ],
      oscar.printed,
    ).toEqual([0, password, password, own, login('oscar', own)]);
    expect([machine.has('owned'), machine.has('o')]).toEqual([false, false]);
    const seen = [minio, oscar].flatMap(({ printed, calls, outputs }) => [printed, calls, outputs]);
    for (const text of [...seen, machine.read('applied'), ...Object.values(machine.settings())]) expect(text).not.toContain(password);
  },
);

it('says the same to the cluster a second time, and signs no other certificate', () => {
  const both = () => {
    machine.write('applied', '');
    return [run('minio'), run('oscar')].map(({ code, outputs }) => [code, outputs]);
  };
  const first = both();
  const [applied, settings] = [machine.read('applied'), machine.settings()];
  expect(both()).toEqual(first);
  expect(machine.read('applied')).toBe(applied);
  expect(machine.settings()).toEqual(settings);
});

it.each(['minio', 'oscar'] as const)('signs a certificate of %s anew in the month before its end', (script) => {
  run('minio');
  run('oscar');
  const file = { minio: 'etc/transat/minio/public.crt', oscar: 'etc/transat/oscar/certificate.pem' }[script];
  const first = machine.read(file);
  machine.play('openssl', 'case "$*" in *checkend*) exit 1 ;; esac; exec /usr/bin/openssl "$@"');
  run(script);
  expect(machine.read(file)).not.toBe(first);
});
