import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { Machine, type Ran } from '../testing/machine';

const scripts = join(import.meta.dirname, 'scripts');
const debian = '6.1.0-50-cloud-amd64';
const secureBoot = 'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
const debianList = 'deb http://deb.debian.org/debian bookworm main\n';

// A machine whose kernel has the driver once its packages are there and the module is loaded; `packages` names what can be had.
let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  mkdirSync(machine.at('sys/bus/pci/devices'), { recursive: true });
  mkdirSync(machine.at('etc/apt/sources.list.d'), { recursive: true });
  machine.write('proc/modules', 'ext4 1 0 - Live 0x0\n');
  machine.play('uname', 'cat "$R/kernel"');
  machine.play('apt-get', '[ ! -e "$R/silent" ]');
  machine.play('apt-cache', 'grep -qxF "$2" "$R/packages"');
  machine.play('apt-install', 'true');
  machine.play('dmesg', 'echo "NVRM: said by the kernel"');
  machine.play(
    'modprobe',
    `case "$*" in
'-r nouveau') [ ! -e "$R/held" ] ;;
nvidia) [ ! -e "$R/unloadable" ] && touch "$R/loaded" ;;
esac`,
  );
  machine.play(
    'nvidia-smi',
    `[ -e "$R/loaded" ] || exit 9
case $1 in -L) cat "$R/cards" ;; *driver_version*) sed 's/.*/535.261.03/' "$R/cards" ;; *) sed -E 's/^GPU [0-9]+: //' "$R/cards" ;; esac`,
  );
  system('debian', debian);
  machine.write('packages', `nvidia-kernel-dkms\nlinux-headers-${debian}\nlinux-headers-cloud-amd64\n`);
});
afterEach(() => machine.clear());

const system = (id: string, kernel: string, codename = 'bookworm') => {
  machine.write('etc/os-release', `ID=${id}\nVERSION_CODENAME=${codename}\nPRETTY_NAME="The ${id} of today"\n`);
  machine.write('kernel', kernel);
};
/** Puts devices on the bus, as `vendor class`. */
const put = (...devices: string[]) => {
  for (const [index, device] of devices.entries()) {
    const [vendor = '', kind = ''] = device.split(' ');
    machine.write(`sys/bus/pci/devices/0000:00:0${index}.0/vendor`, `${vendor}\n`);
    machine.write(`sys/bus/pci/devices/0000:00:0${index}.0/class`, `${kind}\n`);
  }
};
const card = '0x10de 0x030200';
const answering = (...names: string[]) => machine.write('cards', names.map((name, index) => `GPU ${index}: ${name}\n`).join(''));
const run = (script = 'driver.sh'): Ran =>
  machine.run(join(scripts, script), {}, (text) => text.replace('apt_install "$', 'apt-install "$'));
const installed = ({ calls }: Ran) => /^apt-install (.*?) *$/m.exec(calls)?.[1]?.split(' ') ?? [];

describe('a machine without a card', () => {
  it.each<[what: string, devices: string[]]>([
    ['nothing on its bus', []],
    ['a screen of another maker', ['0x1234 0x030000']],
    ['what is no display of NVIDIA', ['0x10de 0x040300', '0x10de 0x0c0330']],
  ])('is left as it is: %s', (_, devices) => {
    put(...devices);
    const before = machine.settings();
    const ran = run();
    expect([ran.code, ran.calls], ran.printed).toEqual([0, '']);
    expect(ran.printed.trim().split('\n')).toEqual([expect.stringContaining('There is no NVIDIA card on the PCI bus')]);
    expect(ran.outputs).toBe('driver=none: this machine has no NVIDIA card\n');
    expect(machine.settings()).toEqual(before);
    expect(run('proof.sh')).toMatchObject({ code: 0, outputs: 'proof=none: this machine has no NVIDIA card\n' });
  });
});

describe('a machine with a card', () => {
  beforeEach(() => {
    put('0x8086 0x060100', card, '0x10de 0x040300');
    answering('Tesla T4 (UUID: GPU-1)');
  });

  it('that has a driver keeps that', () => {
    machine.write('loaded', '');
    const ran = run();
    expect([ran.code, installed(ran), ran.outputs], ran.printed).toEqual([0, [], 'driver=535.261.03\n']);
    expect(ran.calls).not.toContain('apt-get');
  });

  it('gets Debian’s, built with the headers of its kernel and of those to come, and nothing the second time', () => {
    machine.write('etc/apt/sources.list', debianList);
    const ran = run();
    expect([ran.code, ran.outputs], ran.printed).toEqual([0, 'driver=535.261.03\n']);
    const headers = [`linux-headers-${debian}`, 'linux-headers-cloud-amd64'];
    expect(installed(ran)).toEqual(['nvidia-kernel-dkms', 'nvidia-smi', 'nvidia-persistenced', 'libcuda1', ...headers]);
    expect(machine.read('etc/apt/sources.list')).toBe(`${debianList.trim()} contrib non-free non-free-firmware\n`);
    const before = machine.settings();
    expect(installed(run())).toEqual([]);
    expect(machine.settings()).toEqual(before);
  });

  it('asks Debian alone for more, in either way of writing, and no other of what it has none of', () => {
    const other =
      'deb [signed-by=/usr/x.gpg] https://other.example cloud-sdk-bookworm main\n# deb http://deb.debian.org/debian bookworm main\n';
    machine.write('etc/apt/sources.list', `${other}deb [arch=amd64] http://mirror.example/debian bookworm-updates main contrib\n`);
    const stanza = (suites: string, components: string) =>
      `Types: deb deb-src\nURIs: mirror+file:///etc/apt/mirrors/debian.list\nSuites: ${suites}\nComponents: ${components}\n`;
    machine.write(
      'etc/apt/sources.list.d/debian.sources',
      `${stanza('bookworm bookworm-updates', 'main')}\n${stanza('bookworm-security', 'main non-free-firmware')}\n${stanza('nodistro', 'main')}`,
    );
    machine.write('etc/apt/sources.list.d/other.txt', debianList);
    expect(run().code).toBe(0);
    expect(machine.read('etc/apt/sources.list')).toBe(
      `${other}deb [arch=amd64] http://mirror.example/debian bookworm-updates main contrib non-free non-free-firmware\n`,
    );
    expect(machine.read('etc/apt/sources.list.d/debian.sources')).toBe(
      `${stanza('bookworm bookworm-updates', 'main contrib non-free non-free-firmware')}\n${stanza('bookworm-security', 'main non-free-firmware contrib non-free')}\n${stanza('nodistro', 'main')}`,
    );
    expect(machine.read('etc/apt/sources.list.d/other.txt')).toBe(debianList);
  });

  describe('on Ubuntu', () => {
    const kernel = '6.8.0-60-generic';
    const ready = `linux-modules-nvidia-580-server-${kernel}`;
    beforeEach(() => {
      system('ubuntu', kernel, 'noble');
      machine.write('etc/apt/sources.list', 'deb http://archive.example/ubuntu noble main restricted\n');
    });
    const had = (...packages: string[]) => machine.write('packages', ['nvidia-headless-no-dkms-580-server', ...packages, ''].join('\n'));

    it('gets the modules that are made and signed for its kernel, under Secure Boot, too', () => {
      had(ready, `linux-headers-${kernel}`);
      machine.write(secureBoot, '\u0006\u0000\u0000\u0000\u0001');
      const ran = run();
      expect([ran.code, installed(ran)], ran.printed).toEqual([
        0,
        ['nvidia-headless-no-dkms-580-server', 'nvidia-utils-580-server', ready],
      ]);
      expect(machine.read('etc/apt/sources.list')).not.toContain('non-free');
    });

    it('has them built where there are none for its kernel', () => {
      had(`linux-headers-${kernel}`);
      machine.write(secureBoot, '\u0006\u0000\u0000\u0000\u0000');
      const all = ['nvidia-headless-no-dkms-580-server', 'nvidia-utils-580-server', 'nvidia-dkms-580-server', `linux-headers-${kernel}`];
      const ran = run();
      expect([ran.code, installed(ran)], ran.printed).toEqual([0, all]);
    });
  });

  it.each<[what: string, change: () => void, says: string, installs: boolean]>([
    ['of a system that is not known', () => system('rocky', '5.14.0'), 'On The rocky of today this add-on installs no driver', false],
    ['whose servers have none', () => machine.write('packages', 'bash\n'), 'The package nvidia-kernel-dkms is not to be had', false],
    ['under Secure Boot', () => machine.write(secureBoot, '\u0006\u0000\u0000\u0000\u0001'), 'Secure Boot is on', false],
    [
      'whose kernel’s headers are gone',
      () => machine.write('packages', 'nvidia-kernel-dkms\n'),
      `${debian}, are not to be had any more`,
      false,
    ],
    [
      'that nouveau holds',
      () => {
        machine.write('proc/modules', 'nouveau 1 0 - Live 0x0\n');
        machine.write('held', '');
      },
      'Restart it, and run its steps again.',
      true,
    ],
    ['whose kernel does not load it', () => machine.write('unloadable', ''), `the kernel ${debian} does not load it`, true],
    ['for which it does not answer', () => answering(), 'answers for no card', true],
  ])('%s stops, and says what to do', (_, change, says, installs) => {
    change();
    const ran = run();
    expect([ran.code, ran.outputs, installed(ran).length > 0], ran.printed).toEqual([1, '', installs]);
    expect(ran.printed).toContain(says);
  });

  it('lets go of what nouveau held where it can', () => {
    machine.write('proc/modules', 'nouveau 1 0 - Live 0x0\n');
    const ran = run();
    expect([ran.code, ran.calls.includes('modprobe -r nouveau')], ran.printed).toEqual([0, true]);
  });
});

describe('the proof', () => {
  beforeEach(() => {
    put(card, card, card);
    machine.write('loaded', '');
  });

  it('names what answers', () => {
    answering('Tesla T4', 'Tesla T4', 'NVIDIA A100');
    const ran = run('proof.sh');
    expect(ran, ran.printed).toMatchObject({ code: 0, outputs: 'proof=3 of 3 cards answer: 1 × NVIDIA A100;2 × Tesla T4\n' });
  });

  it('fails where one does not', () => {
    answering('Tesla T4', 'Tesla T4');
    const ran = run('proof.sh');
    expect([ran.code, ran.outputs], ran.printed).toEqual([1, '']);
    expect(ran.printed).toContain("Of this machine's 3 cards 2 answer");
  });
});

it('comes before all else on every machine of a recipe, so that SLURM finds the cards', () => {
  const { nodes, problems } = planDeployment(planningInput(builtIn.recipe('slurm', ['gpu-driver'])));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(nodes.length).toBeGreaterThan(1);
  for (const { steps } of nodes)
    expect(steps.slice(0, 2).map(({ name }) => name)).toEqual([expect.stringMatching(/^gpu_driver/), expect.stringMatching(/^gpu_try/)]);
});
