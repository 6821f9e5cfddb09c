import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentFolder } from './agent-harness';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transat-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The value of a Python expression over the agent's modules; `given` are its variables. */
function python(expression: string, given: Record<string, unknown> = {}): unknown {
  const program = `import json,sys;sys.path.insert(0,${JSON.stringify(agentFolder)});import downloads,machine,masking,reporter,spool,steps,web
print(json.dumps(eval(sys.argv[1],{**globals(),**json.loads(sys.argv[2])})))`;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  return JSON.parse(
    execFileSync('python3', ['-B', '-c', program, expression, JSON.stringify(given)], { encoding: 'utf8', env, stdio: 'pipe' }),
  );
}

/** A program of the system that notes how it was called, prints something, and ends with a code. */
function program(name: string, prints = '', code = 0): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>${folder}/calls\nprintf '${prints}'\nexit ${code}\n`);
  chmodSync(join(folder, name), 0o755);
}
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

describe('the next sign of life', () => {
  it.each([
    ['comes when Transat wants it', { next: 3 }, 6],
    ['comes no later than it may', { next: 10_000 }, 600],
    ['comes no sooner than it may', { next: 0 }, 2],
    ['is left to the agent by an older Transat', {}, 120],
    ['is left to the agent where what is said is no number', { next: 'soon' }, 120],
  ])('%s', (_, answer, seconds) => {
    expect(python("reporter.Reporter('', '', None, None, None, lambda: 120, 2)._next(answer)", { answer })).toBe(seconds);
  });
});

describe('names of the other nodes', () => {
  it('are names, of addresses: nothing else gets a line of its own in /etc/hosts', () => {
    const file = join(folder, 'hosts');
    const peers = {
      web: '10.0.0.4',
      'a b': '10.0.0.5',
      '-x': '10.0.0.6',
      six: '2001:db8::1',
      zone: 'fe80::1%eth0',
      line: '10.0.0.7\n10.0.0.8 bank',
      name: 'db',
    };
    python('machine.write_hosts(peers, file)', { peers, file });
    expect(readFileSync(file, 'utf8').split('\n').slice(1, -2)).toEqual(['2001:db8::1 six', '10.0.0.4 web']);
  });

  it('come first in /etc/hosts, replace what was there, and leave the rest alone', () => {
    const file = join(folder, 'hosts');
    writeFileSync(file, '127.0.0.1 localhost\n127.0.1.1 web\n');
    for (const peers of [
      { web: '10.0.0.4', gone: '10.0.0.9' },
      { web: '10.0.0.4', db: '10.0.0.5' },
    ])
      python('machine.write_hosts(peers, file)', { peers, file });
    expect(readFileSync(file, 'utf8')).toBe(
      '# transat begin\n10.0.0.5 db\n10.0.0.4 web\n# transat end\n127.0.0.1 localhost\n127.0.1.1 web\n',
    );
    python('machine.write_hosts({}, file)', { file });
    expect(readFileSync(file, 'utf8')).toBe('127.0.0.1 localhost\n127.0.1.1 web\n');
  });
});

describe('a volume', () => {
  const serial = '8d3b0c6e-1f2a-4b5c-9d7e-001122334455';
  const mount = () =>
    python('machine.mount(serial, path, lambda text: None, 0, fstab)', {
      serial,
      path: join(folder, 'data'),
      fstab: join(folder, 'fstab'),
    });
  beforeEach(() => {
    writeFileSync(join(folder, 'fstab'), '/dev/vda / ext4 defaults 0 1');
    program('lsblk', `/dev/vdx ${serial.slice(0, 20)}\\n`);
    for (const name of ['mkfs.ext4', 'mount', 'systemctl']) program(name);
  });

  it.each([
    ['virtio, which keeps 20 characters', `virtio-${serial.slice(0, 20)}`],
    ['SCSI', `scsi-0QEMU_QEMU_HARDDISK_${serial}`],
    ['NVMe and WWN, without hyphens', `nvme-uuid.${serial.replaceAll('-', '')}`],
  ])('is found by its serial: %s', (_, name) => {
    const root = join(folder, 'by-id');
    mkdirSync(root);
    for (const other of ['virtio-ffffffff-1f2a-4b5c-9', `${name}-part1`]) symlinkSync('/dev/null', join(root, other));
    symlinkSync('/dev/zero', join(root, name));
    expect(python('machine.find_disk(serial, root)', { serial, root })).toBe('/dev/zero');
  });

  it('gets a file system if it is blank, and is mounted by its UUID for good, once', () => {
    writeFileSync(join(folder, 'blkid'), '#!/bin/sh\ncase "$*" in *"-p "*) exit 2 ;; *UUID*) echo abcd-1234 ;; *) echo ext4 ;; esac\n');
    chmodSync(join(folder, 'blkid'), 0o755);
    program('lsblk', `/dev/vdx ${serial.slice(0, 20)}\\n`);
    mount();
    mount();
    expect(calls().filter((call) => call.startsWith('mkfs.ext4'))[0]).toMatch(/ \/dev\/vdx$/);
    expect(calls()).toContain(`mount ${folder}/data`);
    expect(readFileSync(join(folder, 'fstab'), 'utf8')).toBe(
      `/dev/vda / ext4 defaults 0 1\nUUID=abcd-1234 ${folder}/data ext4 defaults,nofail 0 2\n`,
    );
  });

  it('keeps the file system that it has', () => {
    writeFileSync(join(folder, 'blkid'), '#!/bin/sh\ncase "$*" in *UUID*) echo abcd-1234 ;; *) echo xfs ;; esac\n');
    chmodSync(join(folder, 'blkid'), 0o755);
    mount();
    expect(calls().some((call) => call.startsWith('mkfs'))).toBe(false);
    expect(readFileSync(join(folder, 'fstab'), 'utf8')).toContain(' xfs defaults,nofail');
  });

  it('is never formatted if it holds something unknown', () => {
    program('blkid', '', 0);
    expect(mount).toThrow(/holds something that is no file system/);
    expect(calls().some((call) => call.startsWith('mkfs'))).toBe(false);
  });

  it('that never appears is named, with how long it was waited for', () => {
    program('lsblk');
    expect(mount).toThrow(`No disk with the serial ${serial} appeared within 0 s`);
  });
});

describe('the firewall of the machine', () => {
  const rules = [
    { protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0' },
    { protocol: 'udp', fromPort: 9000, toPort: 9010, cidr: '10.0.0.5/32' },
    { protocol: 'icmp' },
  ];

  it('is opened by rich rules where firewalld runs', () => {
    expect(python("machine.firewall_commands([], [], rules, 'firewalld')", { rules })).toEqual([
      ['firewall-cmd', '--permanent', '--add-rich-rule=rule family="ipv4" source address="0.0.0.0/0" port port="22" protocol="tcp" accept'],
      [
        'firewall-cmd',
        '--permanent',
        '--add-rich-rule=rule family="ipv4" source address="10.0.0.5/32" port port="9000-9010" protocol="udp" accept',
      ],
      ['firewall-cmd', '--reload'],
    ]);
  });

  it('is opened by ufw where that runs', () => {
    expect(python("machine.firewall_commands([], [], rules, 'ufw')", { rules })).toEqual([
      ['ufw', 'allow', 'proto', 'tcp', 'from', '0.0.0.0/0', 'to', 'any', 'port', '22'],
      ['ufw', 'allow', 'proto', 'udp', 'from', '10.0.0.5/32', 'to', 'any', 'port', '9000:9010'],
    ]);
  });

  it.each([
    [
      'firewalld',
      [
        '--add-rich-rule=rule family="ipv4" source address="192.0.2.0/24" port port="22" protocol="tcp" accept',
        '--remove-rich-rule=rule family="ipv4" source address="0.0.0.0/0" port port="22" protocol="tcp" accept',
        '--reload',
      ],
    ],
    ['ufw', ['ufw allow proto tcp from 192.0.2.0/24 to any port 22', 'ufw delete allow proto tcp from 0.0.0.0/0 to any port 22']],
  ])('opens to who comes before it shuts out who goes, and touches nobody else: %s', (running, wanted) => {
    const now = [{ ...rules[0], cidr: '192.0.2.0/24' }, ...rules.slice(1)];
    const commands = python('machine.firewall_commands(rules, [], now, running)', { rules, now, running }) as string[][];
    expect(commands.map((command) => (running === 'ufw' ? command.join(' ') : command.at(-1)))).toEqual(wanted);
    expect(python('machine.firewall_commands(now, [], now, running)', { now, running })).toEqual([]);
  });
});

describe('the proxy', () => {
  it.each([
    ['172.24.4.1', '', true],
    ['10.1.2.3', '', true],
    ['127.0.0.1', '', true],
    ['8.8.8.8', '', false],
    ['8.8.8.8', '8.8.0.0/16', true],
    ['example.org', 'other.org,.example.org', true],
    ['a.example.org', '*.example.org', true],
    ['badexample.org', 'example.org', false],
    ['example.org', '10.0.0.0/8', false],
    ['example.org', '*', true],
  ])('is passed by for %s where no_proxy is "%s": %s', (host, noProxy, direct) => {
    expect(python('web.goes_direct(host, noProxy)', { host, noProxy })).toBe(direct);
  });

  it('is read from /etc/environment with and without quotes', () => {
    const file = join(folder, 'environment');
    writeFileSync(file, '# a comment\nA=1\nexport B="two words"\nC=\'x=y\'\nnonsense\n');
    expect(python('web.read_environment(file)', { file })).toEqual({ A: '1', B: 'two words', C: 'x=y' });
  });

  it('of a site is set for logins and for apt, with the nodes reached directly', () => {
    mkdirSync(join(folder, 'etc/apt/apt.conf.d'), { recursive: true });
    python("machine.set_proxy('http://proxy:3128', {'web': '192.0.2.4'}, folder)", { folder });
    expect(readFileSync(join(folder, 'etc/environment'), 'utf8')).toMatch(
      /^https_proxy=http:\/\/proxy:3128$[\s\S]*^no_proxy=.*,web,192\.0\.2\.4$/m,
    );
    expect(readFileSync(join(folder, 'etc/apt/apt.conf.d/95transat-proxy'), 'utf8')).toContain('Acquire::http::Proxy "http://proxy:3128";');
  });
});

describe('downloads', () => {
  it('are at a mirror under host and path', () => {
    expect(python("downloads.mirrored('http://mirror:8080/', 'https://dl.k8s.io/v1/kubectl?x=1')")).toBe(
      'http://mirror:8080/dl.k8s.io/v1/kubectl',
    );
  });

  it.each([
    ['https://example.org/a/tool-1.2.tar.gz?token=x', 'tool-1.2.tar.gz'],
    ['https://example.org/..%2f..%2fetc%2fpasswd', 'passwd'],
    ['https://example.org/', 'download'],
    ['https://example.org/..', 'download'],
  ])('%s is stored as %s', (url, name) => {
    expect(python('downloads.file_name(url)', { url })).toBe(name);
  });
});

describe('outputs of a step', () => {
  it.each([
    ['a=1\nb=\n', { a: '1', b: '' }],
    ['a<<END\nx\n\ny=1\nEND\nb=2', { a: 'x\n\ny=1', b: '2' }],
    ['a<<END\nwithout an end', { a: 'without an end' }],
    ['1a=x\na b=c\n=x\nno\n', {}],
    ['a=1\na=2\n', { a: '2' }],
  ])('are read: %j', (text, values) => {
    expect(python('steps.parse_outputs(text)', { text })).toEqual(values);
  });
});
