import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { begun, Machine, worstPasswords } from '../testing/machine';

const authority = generateCertificateAuthority('kafka', new Date()).reveal();
const given = {
  NODE_INDEX: '1',
  ADDRESSES: '10.0.0.1',
  PUBLIC_ADDRESSES: '192.0.2.7',
  CA_CERT: authority.cert,
  CA_KEY: authority.key,
  MEMORY: '2 GiB',
  RETENTION_HOURS: '168',
  ADMIN_PASSWORD: 'of the admin',
  CLIENT_PASSWORD: 'of the client',
  TOPICS: 'events\nmore',
  PARTITIONS: '3',
};

// Kafka as its client for Python shows it: passwords, permissions and messages are kept in a file; what a test names goes wrong.
const client = `
import json, os
R = os.environ["HOME"]
def state():
    try: return json.load(open(f"{R}/cluster.json"))
    except FileNotFoundError: return {"passwords": {}, "acls": [], "topics": {}, "messages": []}
def keep(new): json.dump(new, open(f"{R}/cluster.json", "w"))
def wrong(name): return os.path.exists(f"{R}/{name}")
class KafkaError:
    _AUTHENTICATION, _TRANSPORT = -169, -195
    def __init__(self, code): self._code = code
    def code(self): return self._code
class KafkaException(Exception): pass
class Done:
    def result(self, *_): return None
def enter(settings):
    kind = settings["security.protocol"]
    if kind == "plaintext":
        if not wrong("plain"): raise KafkaException(KafkaError(KafkaError._TRANSPORT))
    elif kind == "sasl_ssl" and not wrong("open") and state()["passwords"].get(settings["sasl.username"]) != settings["sasl.password"]:
        raise KafkaException(KafkaError(KafkaError._AUTHENTICATION))
class Producer:
    def __init__(self, settings): enter(settings)
    def produce(self, topic, text, partition, on_delivery): new = state(); new["messages"].append(text.decode()); keep(new)
    def flush(self, _): return 0
class Message:
    def __init__(self, text): self.text = text
    def error(self): return None
    def value(self): return self.text.encode()
class Consumer:
    def __init__(self, settings): enter(settings); self.left = state()["messages"]
    def subscribe(self, _): pass
    def poll(self, _): return Message(self.left.pop() + ("x" if wrong("corrupts") else "")) if self.left else None
    def close(self): pass
`;
const admin = `
from . import Done, enter, keep, state, wrong
class AclOperation: READ, WRITE, DESCRIBE = "read", "write", "describe"
class ResourceType: TOPIC, GROUP, TRANSACTIONAL_ID = "topic", "group", "transaction"
class AclPermissionType: ALLOW = "allow"
class ResourcePatternType: LITERAL = "literal"
class ScramMechanism: SCRAM_SHA_512 = "512"
def AclBinding(kind, name, _, who, host, operation, permission): return f"{who} {permission} {operation} {kind} {name}"
def ScramCredentialInfo(*_): return None
def UserScramCredentialUpsertion(name, _, password): return (name, password.decode())
class NewTopic:
    def __init__(self, topic, num_partitions, replication_factor): self.topic, self.of = topic, [num_partitions, replication_factor]
class Listed: pass
class AdminClient:
    def __init__(self, settings): self.settings = settings
    def poll(self, _): pass
    def list_topics(self, timeout):
        enter(self.settings)
        listed = Listed(); listed.topics = state()["topics"]; listed.brokers = self.settings["bootstrap.servers"].split(",")
        return listed
    def alter_user_scram_credentials(self, all_of): new = state(); new["passwords"].update(all_of); keep(new); return {name: Done() for name, _ in all_of}
    def create_acls(self, all_of): new = state(); new["acls"] = sorted({*new["acls"], *all_of}); keep(new); return {each: Done() for each in all_of}
    def create_topics(self, all_of): new = state(); new["topics"].update({each.topic: each.of for each in all_of}); keep(new); return {each.topic: Done() for each in all_of}
    def delete_topics(self, names): new = state(); [new["topics"].pop(name) for name in names]; new["messages"] = []; keep(new); return {name: Done() for name in names}
    def delete_consumer_groups(self, names): return {name: Done() for name in names}
`;

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  for (const [path, body] of [
    ['usr/lib/jvm/java-17-openjdk-amd64/bin/java', `printf '%s ' java "$@" >>"$HOME/calls"; touch "$HOME/mnt/kafka/log/meta.properties"`],
    ['opt/kafka/client/bin/python', `PYTHONPATH="$HOME/modules" exec python3 "$@"`],
  ] as const) {
    mkdirSync(machine.at(path.replace(/\/[^/]+$/, '')), { recursive: true });
    machine.play('program', body);
    execFileSync('mv', [machine.at('bin/program'), machine.at(path)]);
  }
  machine.write('modules/confluent_kafka/__init__.py', client);
  machine.write('modules/confluent_kafka/admin.py', admin);
});
afterEach(() => machine.clear());

const run = (script: 'server' | 'access' | 'proof', changed: Partial<typeof given> & { PUBLIC_ADDRESS?: string } = {}) =>
  machine.run(join(import.meta.dirname, `scripts/${script}.sh`), { ...given, ...changed }, (text) =>
    text.replaceAll(/time.monotonic\(\) \+ [19]0/g, 'time.monotonic() + 1'),
  );
const setting = (name: string) =>
  new RegExp(`^${name.replaceAll('.', '\\.')}=(.*)$`, 'm').exec(machine.read('etc/kafka/server.properties'))?.[1];
const cluster = () => JSON.parse(machine.read('cluster.json'));

it('answers programs by TLS with a password alone, and its own machines by certificates of the deployment’s authority', () => {
  expect(run('server').code).toBe(0);
  expect(setting('listener.security.protocol.map')).toBe('CONTROLLER:SSL,BROKER:SSL,INSIDE:SASL_SSL,OUTSIDE:SASL_SSL');
  expect([setting('listener.name.controller.ssl.client.auth'), setting('listener.name.broker.ssl.client.auth')]).toEqual([
    'required',
    'required',
  ]);
  expect([setting('sasl.enabled.mechanisms'), setting('allow.everyone.if.no.acl.found')]).toEqual(['SCRAM-SHA-512', 'false']);
  expect(setting('advertised.listeners')).toContain('OUTSIDE://192.0.2.7:9094');
  machine.write('authority.pem', authority.cert);
  for (const ip of ['192.0.2.7', '10.0.0.1']) {
    const words = ['verify', '-CAfile', machine.at('authority.pem'), '-verify_ip', ip, machine.at('etc/kafka/tls/machine.pem')];
    expect(String(execFileSync('/usr/bin/openssl', words))).toContain('OK');
  }
  const files = Object.entries(machine.settings());
  expect(files.filter(([, text]) => text.includes('PRIVATE KEY')).map(([path, text]) => [path, text.slice(0, 3)])).toEqual([
    ['etc/kafka/tls/both.pem', '640'],
  ]);
  expect(files.filter(([, text]) => text.includes(authority.key.trim()))).toEqual([]);
});

it('keeps one copy on one machine, three on three of which one may fail, and gives the cluster one name on all', () => {
  const nameOf = ({ calls }: { calls: string }) => /--cluster-id (\S{22}) /.exec(calls)?.[1];
  const first = nameOf(run('server'));
  const copies = ['default.replication.factor', 'min.insync.replicas', 'offsets.topic.replication.factor', 'controller.quorum.voters'];
  expect(copies.map(setting)).toEqual(['1', '1', '1', '1@10.0.0.1:9093']);
  for (const path of ['etc/kafka', 'mnt/kafka']) rmSync(machine.at(path), { recursive: true });
  const second = nameOf(run('server', { NODE_INDEX: '2', ADDRESSES: '10.0.0.3,10.0.0.1,10.0.0.2' }));
  expect(copies.map(setting)).toEqual(['3', '2', '3', '1@10.0.0.3:9093,2@10.0.0.1:9093,3@10.0.0.2:9093']);
  expect([second, setting('node.id')]).toEqual([first, '2']);
});

it('is not disturbed by a second run, and begins anew where what it reads has changed', () => {
  expect(begun(run('server'))).toEqual(['kafka']);
  const before = machine.settings();
  const again = run('server');
  expect([again.code, begun(again)]).toEqual([0, []]);
  expect(machine.settings()).toEqual(before);
  expect(again.calls).not.toContain('StorageTool');
  expect(begun(run('server', { RETENTION_HOURS: '24' }))).toEqual(['kafka']);
  expect(begun(run('server', { RETENTION_HOURS: '24', PUBLIC_ADDRESS: '192.0.2.8' }))).toEqual(['kafka']);
});

it('does not become another number of machines, which would lose what is kept', () => {
  run('server');
  const { code, printed, calls } = run('server', { ADDRESSES: '10.0.0.1,10.0.0.2,10.0.0.3' });
  expect([code, printed]).toEqual([1, expect.stringContaining("made of 1 brokers, which can't become 3")]);
  expect(calls).not.toContain('restart');
});

it.each(worstPasswords)('takes the password %s as it is, and writes it nowhere', (password) => {
  const changed = { CLIENT_PASSWORD: password, ADMIN_PASSWORD: `${password} 2` };
  run('server', changed);
  const { code, printed, calls, outputs } = run('access', changed);
  expect([code, cluster().passwords], printed).toEqual([0, { client: password, admin: `${password} 2` }]);
  expect(machine.has('owned')).toBe(false);
  for (const text of [printed, calls, outputs, ...Object.values(machine.settings())]) expect(text).not.toContain(password);
  expect(run('proof', changed).outputs).toContain('was refused');
});

it('lets programs write and read and no more, makes the topics that are not there, and does so once for all machines', () => {
  expect(run('access', { NODE_INDEX: '2' }).outputs).toBe('');
  expect(machine.has('cluster.json')).toBe(false);
  const three = { ADDRESSES: '10.0.0.1,10.0.0.2,10.0.0.3', PUBLIC_ADDRESSES: '192.0.2.7,192.0.2.8,192.0.2.9' };
  const { outputs } = run('access', three);
  expect(outputs).toContain('bootstrap=192.0.2.7:9094,192.0.2.8:9094,192.0.2.9:9094\n');
  expect(cluster().topics).toEqual({ events: [3, 3], more: [3, 3] });
  expect(
    cluster().acls.filter((acl: string) => !/^User:client allow (read|write|describe) (topic|group|transaction) \*$/.test(acl)),
  ).toEqual([]);
  const before = cluster();
  expect(run('access', { ...three, PARTITIONS: '9' }).printed).not.toContain('Made the topic');
  expect(cluster()).toEqual(before);
});

it('proves that messages go through, and leaves nothing of it, nor of a proof that was cut off', () => {
  run('access', { TOPICS: 'events\ntransat-proof-of-mine' });
  const before = cluster();
  machine.write('cluster.json', JSON.stringify({ ...before, topics: { ...before.topics, 'transat-proof-0123456789ab': [3, 1] } }));
  expect(run('proof')).toMatchObject({
    code: 0,
    outputs: expect.stringContaining('12 messages were written to 3 parts of a topic, kept on 1 machine, and read'),
  });
  expect(cluster()).toEqual(before);
  expect(run('proof', { NODE_INDEX: '2' }).outputs).toBe('');
});

it.each([
  ['lets in who has a wrong password', 'open', /wrong password is not refused/],
  ['lets in who speaks without TLS', 'plain', /without TLS is let in/],
  ['gives back what was not written', 'corrupts', /Of 12 messages 0 were read/],
])('proves nothing of a cluster that %s', (_, how, said) => {
  run('access');
  machine.write(how, '');
  const { code, printed, outputs } = run('proof');
  expect([code, outputs, printed]).toEqual([1, '', expect.stringMatching(said)]);
  expect(Object.keys(cluster().topics)).toEqual(['events', 'more']);
});
