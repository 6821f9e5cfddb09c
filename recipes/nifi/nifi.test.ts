import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { begun, Machine, worstPasswords } from '../testing/machine';

const authority = generateCertificateAuthority('nifi', new Date()).reveal();
const given = {
  ADMIN_USER: 'admin',
  ADMIN_PASSWORD: 'of the one user',
  SENSITIVE_KEY: 'seals-what-flows-know',
  HISTORY_HOURS: '24',
  MEMORY: '4 GiB',
  CA_CERT: authority.cert,
  CA_KEY: authority.key,
};

// NiFi as its REST API shows it: groups, processors and queues; what a test names goes wrong.
const nifi = `
import io, json, os, re, ssl, urllib.error, urllib.parse, urllib.request
R = os.environ["HOME"]
def wrong(name): return os.path.exists(f"{R}/{name}")
groups, parts, states, asked = {}, {}, {}, []
if wrong("left.json"):
    with open(f"{R}/left.json") as file: groups = json.load(file)
    states = {"now": "RUNNING"}
    parts = {f"queue of {each}": {"source": {"groupId": each}} for each in groups}
class Answer(io.BytesIO):
    def __init__(self, status, body): super().__init__(body.encode()); self.status = status
class NiFi:
    def open(self, request, timeout):
        method, path = request.get_method(), request.full_url.split("/nifi-api", 1)[1]
        status, body = self.answer(method, path, request.data, request.get_header("Authorization"))
        asked.append(f"{method} {path} {status}")
        with open(f"{R}/groups.json", "w") as file: json.dump(list(groups.values()), file)
        text = body if isinstance(body, str) else json.dumps(body)
        if status >= 400: raise urllib.error.HTTPError(request.full_url, status, "", {}, io.BytesIO(text.encode()))
        return Answer(status, text)
    def answer(self, method, path, data, token):
        if path == "/access/token":
            form = dict(urllib.parse.parse_qsl(data.decode()))
            good = form == {"username": os.environ["ADMIN_USER"], "password": os.environ["ADMIN_PASSWORD"]}
            return (201, "a-token") if good or wrong("any") else (400, "The supplied username and password are not valid.")
        if token != "Bearer a-token" and not wrong("open"): return 401, ""
        if path == "/flow/status": return 200, {}
        body = json.loads(data) if data else {}
        if method == "GET" and path == "/process-groups/root/process-groups":
            return 200, {"processGroups": [{"id": each, "component": {"name": name}} for each, name in groups.items()]}
        if method == "GET" and path.endswith("/connections"):
            inside = [each for each, part in parts.items() if part.get("source", {}).get("groupId") == path.split("/")[2]]
            return 200, {"connections": [{"id": each} for each in inside]}
        new = f"id-{len(parts) + len(groups)}"
        if method == "POST" and path == "/process-groups/root/process-groups":
            groups[new] = body["component"]["name"]
            return 201, {"id": new, "revision": {"version": 1}}
        if method == "POST" and re.fullmatch(r"/process-groups/[^/]+/(processors|connections|funnels)", path):
            parts[new] = body["component"]
            states["dropped"] = False
            return 201, {"id": new}
        if method == "PUT" and path.startswith("/flow/process-groups/"):
            states["now"] = body["state"]
            if body["state"] == "RUNNING" and not wrong("stuck"): states["waits"] = 7
            return 200, {}
        if path.startswith("/processors/"):
            bad = wrong("invalid")
            return 200, {"component": {"validationStatus": "INVALID" if bad else "VALID", "validationErrors": ["'Batch Size' is none"] if bad else []}}
        if path.startswith("/flow/connections/"):
            return 200, {"connectionStatus": {"aggregateSnapshot": {"flowFilesQueued": states.get("waits", 0)}}}
        if path.startswith("/flow/process-groups/"):
            return 200, {"processGroupStatus": {"aggregateSnapshot": {"activeThreadCount": 0}}}
        if "/listing-requests" in path:
            found = [{"uuid": f"u-{number}"} for number in range(states.get("waits", 0))]
            return 200, {"listingRequest": {"id": "l", "finished": True, "flowFileSummaries": found}}
        if "/drop-requests" in path:
            if method == "DELETE" or "/d" not in path.split("/drop-requests")[1]: states["dropped"] = True
            return 200, {"dropRequest": {"id": "d", "finished": True}}
        if path.endswith("/content"):
            given, put = [each["config"]["properties"] for each in parts.values() if "config" in each]
            text = given["generate-ff-custom-text"].replace(put["Regular Expression"], put["Replacement Value"])
            return 200, text + ("!" if wrong("corrupts") else "")
        if method == "GET" and path.startswith("/process-groups/"): return 200, {"revision": {"version": 4}}
        if method == "DELETE" and path.startswith("/process-groups/"):
            if states.get("now") == "RUNNING" or not states.get("dropped"): return 409, "it runs, or is not empty"
            gone = path.split("/")[2].split("?")[0]
            del groups[gone]
            for each in [each for each, part in parts.items() if part.get("source", {}).get("groupId") == gone]: del parts[each]
            return 200, {}
        return 404, f"{method} {path}"
ssl.create_default_context = lambda cafile: None
urllib.request.HTTPSHandler = lambda context: None
urllib.request.build_opener = lambda *_: NiFi()
`;

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  machine.play('program', `for ((n = 1; n <= $#; n++)); do if [ "\${!n}" = -keystore ]; then n=$((n + 1)); touch "\${!n}"; fi; done`);
  mkdirSync(machine.at('usr/lib/jvm/java-17-openjdk-amd64/bin'), { recursive: true });
  renameSync(machine.at('bin/program'), machine.at('usr/lib/jvm/java-17-openjdk-amd64/bin/keytool'));
  machine.play(
    'curl',
    `for ((n = 1; n <= $#; n++)); do if [ "\${!n}" = --output ]; then n=$((n + 1)); [ "\${!n}" = /dev/null ] || cp "$R/$(basename "\${!#}")" "\${!n}"; fi; done`,
  );
  machine.play('unzip', 'exec python3 -m zipfile -e "$2" "$4"');
  machine.play('sync', 'true');
});
afterEach(() => machine.clear());

/** An archive as Apache publishes them, and its checksum. */
function archive(name: string, version: string, top = `nifi-${version}`): string {
  machine.write(`source/${top}/lib/nifi-runtime-${version}.jar`, version);
  machine.write(`source/${top}/conf/nifi.properties`, '# as it comes\nnifi.web.http.port=8080\nnifi.bored.yield.duration=10 millis\n');
  mkdirSync(dirname(machine.at(name)), { recursive: true });
  // the same a second time, whatever the clock says
  execFileSync('find', [machine.at('source'), '-exec', 'touch', '-d', '2026-01-01', '{}', '+']);
  execFileSync('python3', ['-m', 'zipfile', '-c', machine.at(name), top], { cwd: machine.at('source') });
  execFileSync('rm', ['-r', machine.at('source')]);
  return createHash('sha256')
    .update(readFileSync(machine.at(name)))
    .digest('hex');
}
type Given = Partial<typeof given> &
  Partial<Record<'ARCHIVE_URL' | 'ARCHIVE_SHA256' | 'PUBLIC_ADDRESS' | 'PYTHONPATH' | 'TRANSAT_FILES', string>>;
const run = (script: 'packages' | 'server' | 'proof', changed: Given = {}) =>
  machine.run(join(import.meta.dirname, `scripts/${script}.sh`), { ...given, ...changed }, (text) =>
    text.replaceAll('seconds=120', 'seconds=1').replaceAll('time.sleep(1)', 'time.sleep(0.01)'),
  );
const installed = (version = '1.28.1') => {
  const ARCHIVE_SHA256 = archive('own.zip', version);
  return run('packages', { ARCHIVE_URL: 'https://example.org/own.zip', ARCHIVE_SHA256 });
};
const releases = () => readdirSync(machine.at('opt/nifi')).filter((name) => name.startsWith('release-'));
const setting = (name: string) =>
  new RegExp(`^${name.replaceAll('.', '\\.')}=(.*)$`, 'm').exec(machine.read('etc/nifi/nifi.properties'))?.[1];

describe('the archive', () => {
  it('is the one that is declared, which the agent has fetched and compared', () => {
    archive('files/nifi-1.28.0-bin.zip', '1.28.0');
    const { code, printed, calls } = run('packages', { TRANSAT_FILES: machine.at('files') });
    expect([code, releases()], printed).toEqual([0, ['release-1.28.0']]);
    expect(calls).not.toMatch(/^curl/m);
  });

  it('is another one that somebody named, by its checksum, and is fetched once', () => {
    expect(installed().printed).toContain('NiFi is here: 1.28.1');
    const { code, calls } = installed();
    expect([code, releases()]).toEqual([0, [expect.stringMatching(/^release-[a-f0-9]{16}$/)]]);
    expect(calls).not.toMatch(/^curl/m);
  });

  it('is not taken with another checksum', () => {
    archive('own.zip', '1.28.1');
    const { code, printed } = run('packages', { ARCHIVE_URL: 'https://example.org/own.zip', ARCHIVE_SHA256: '0'.repeat(64) });
    expect([code, printed]).toEqual([1, expect.stringContaining('has another checksum')]);
    expect(readdirSync(machine.at('opt/nifi'))).toEqual([]);
  });

  it('is laid out whole where an attempt was cut off, of which nothing stays', () => {
    machine.play('unzip', 'mkdir -p "$4/nifi-1.28.1/lib"; kill -9 $PPID');
    expect(installed().code).not.toBe(0);
    expect(readdirSync(machine.at('opt/nifi'))).toEqual([expect.stringMatching(/^unpacking/)]);
    machine.play('unzip', 'exec python3 -m zipfile -e "$2" "$4"');
    machine.play('sync', '[ ! -e "$2/.whole" ] || exit 1; kill -9 $PPID');
    expect(installed().code).not.toBe(0);
    machine.play('sync', 'true');
    expect(installed().printed).toContain('NiFi is here: 1.28.1');
    expect(readdirSync(machine.at('opt/nifi')).toSorted()).toEqual(['next', expect.stringMatching(/^release-/)]);
  });

  it.each([
    ['NiFi 2, which needs another Java', '2.7.2', undefined],
    ['something else', '1.28.1', 'minifi-1.28.1'],
  ])('is not taken where it is %s', (_, version, top) => {
    const ARCHIVE_SHA256 = archive('own.zip', version, top);
    const { code, printed } = run('packages', { ARCHIVE_URL: 'https://example.org/own.zip', ARCHIVE_SHA256 });
    expect([code, printed]).toEqual([1, expect.stringContaining('no archive of NiFi 1')]);
    expect(readdirSync(machine.at('opt/nifi'))).toEqual([]);
  });
});

describe('NiFi', () => {
  beforeEach(() => {
    installed();
  });

  it('answers by TLS alone, with a certificate of the deployment’s authority, and keeps what the archive’s settings say beside', () => {
    const { code, printed } = run('server');
    expect(code, printed).toBe(0);
    expect(['nifi.web.http.port', 'nifi.web.https.port', 'nifi.bored.yield.duration'].map(setting)).toEqual(['', '8443', '10 millis']);
    expect(setting('nifi.security.allow.anonymous.authentication')).toBe('false');
    expect(setting('nifi.web.proxy.host')).toBe('192.0.2.7:8443,10.0.0.1:8443,front:8443');
    machine.write('authority.pem', authority.cert);
    for (const ip of ['192.0.2.7', '10.0.0.1']) {
      const words = ['verify', '-CAfile', machine.at('authority.pem'), '-verify_ip', ip, machine.at('etc/nifi/tls/machine.pem')];
      expect(String(execFileSync('/usr/bin/openssl', words))).toContain('OK');
    }
    const open = ['-in', machine.at('etc/nifi/tls/machine.p12'), '-passin', `pass:${setting('nifi.security.keystorePasswd')}`, '-noout'];
    expect(() => execFileSync('/usr/bin/openssl', ['pkcs12', ...open], { stdio: 'pipe' })).not.toThrow();
  });

  it('ends the step with what NiFi said where it ends again and again', () => {
    machine.play('systemctl', '[ "$1" = show ] && echo 3; true');
    machine.play('curl', 'exit 7');
    machine.play('journalctl', 'echo its last words');
    const { code, printed } = run('server');
    expect([code, printed]).toEqual([1, expect.stringMatching(/its last words[\s\S]*ended 3 times/)]);
    expect(machine.has('etc/nifi/.stands')).toBe(false);
  });

  it('leaves no key that others can read, and nothing of the authority’s', () => {
    run('server');
    const files = Object.entries(machine.settings()).filter(([path]) => path.startsWith('etc/'));
    expect(files.filter(([, text]) => text.includes('PRIVATE KEY'))).toEqual([]);
    const secret = [given.SENSITIVE_KEY, setting('nifi.security.keystorePasswd') ?? ''];
    const holders = files.filter(([, text]) => secret.some((each) => text.includes(each))).map(([path, text]) => [path, text.slice(0, 3)]);
    expect(holders.toSorted()).toEqual([
      ['etc/nifi/nifi.properties', '640'],
      ['etc/nifi/tls/store-password', '600'],
    ]);
  });

  it('is not disturbed by a second run, and begins anew where what it reads has changed', () => {
    expect(begun(run('server'))).toEqual(['nifi']);
    const before = machine.settings();
    const again = run('server');
    expect([again.code, begun(again), machine.settings()]).toEqual([0, [], before]);
    let now = {};
    for (const changed of [
      { HISTORY_HOURS: '48' },
      { PUBLIC_ADDRESS: '192.0.2.8' },
      { ADMIN_PASSWORD: 'another password' },
      { ADMIN_USER: 'somebody' },
      { MEMORY: '8 GiB' },
    ]) {
      now = { ...now, ...changed };
      expect(begun(run('server', now)), JSON.stringify(changed)).toEqual(['nifi']);
      expect(begun(run('server', now)), JSON.stringify(changed)).toEqual([]);
    }
    expect(machine.read('etc/systemd/system/nifi.service')).toContain('-Xmx4096m');
  });

  it('begins anew from another archive, and keeps the former until it answers', () => {
    run('server');
    installed('1.27.0');
    expect(releases()).toHaveLength(2);
    expect(begun(run('server'))).toEqual(['nifi']);
    const [left, ...others] = releases();
    expect(others).toEqual([]);
    expect(machine.read('etc/systemd/system/nifi.service')).toContain(`${left}/lib/*`);
    expect(machine.has(`opt/nifi/${left}/lib/nifi-runtime-1.27.0.jar`)).toBe(true);
  });

  it('gets another certificate of the same authority when there is none that stays', () => {
    run('server');
    const first = machine.read('etc/nifi/tls/machine.pem');
    execFileSync('rm', [machine.at('etc/nifi/tls/machine.pem')]);
    const again = run('server');
    expect([begun(again), machine.read('etc/nifi/tls/machine.pem') === first]).toEqual([['nifi'], false]);
    expect(again.outputs).toMatch(/^certificate_ends=20/m);
  });

  it.each(worstPasswords)('takes the password %s as it is, and writes it nowhere', (password) => {
    const changed = { ADMIN_PASSWORD: password };
    const { code, printed, calls, outputs } = run('server', changed);
    expect(code, printed).toBe(0);
    for (const text of [printed, calls, outputs, ...Object.values(machine.settings())]) expect(text).not.toContain(password);
    machine.write('modules/sitecustomize.py', nifi);
    const proven = run('proof', { ...changed, PYTHONPATH: machine.at('modules') });
    expect([proven.code, proven.calls.includes(password)], proven.printed).toEqual([0, false]);
    expect(machine.has('owned')).toBe(false);
  });
});

describe('the proof', () => {
  beforeEach(() => {
    mkdirSync(machine.at('opt/nifi'));
    machine.write('modules/sitecustomize.py', nifi);
  });
  const prove = () => run('proof', { PYTHONPATH: machine.at('modules') });

  it('has a flow run, and leaves nothing of it', () => {
    const { code, printed, outputs } = prove();
    expect([code, outputs], printed).toEqual([0, expect.stringContaining('proof=5 flow files were made, changed and read')]);
    expect(JSON.parse(machine.read('groups.json'))).toEqual([]);
  });

  it('takes away what a proof has left that was cut off, and nothing of anybody else', () => {
    machine.write('left.json', JSON.stringify({ 'id-left': 'transat-proof-0123456789ab', 'id-mine': 'transat-proof-of-mine' }));
    const { code, printed } = prove();
    expect(code, printed).toBe(0);
    expect(JSON.parse(machine.read('groups.json'))).toEqual(['transat-proof-of-mine']);
  });

  it.each([
    ['lets in who has not signed in', 'open', /answered with 200, not refused with 401/],
    ['lets in who has a wrong password', 'any', /wrong password is answered with 201/],
    ['takes no processor as it is', 'invalid', /'Batch Size' is none/],
    ['lets nothing flow', 'stuck', /That 5 flow files went through did not happen/],
    ['gives back what was not written', 'corrupts', /Of 5 flow files the texts are \['changed \w+!'\]/],
  ])('proves nothing of one that %s, and leaves nothing there', (_, how, said) => {
    machine.write(how, '');
    const { code, printed, outputs } = prove();
    expect([code, outputs, printed]).toEqual([1, '', expect.stringMatching(said)]);
    expect(JSON.parse(machine.read('groups.json'))).toEqual([]);
  });
});
