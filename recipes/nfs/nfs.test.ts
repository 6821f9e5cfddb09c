import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machine } from '../testing/machine';

const script = (name: string) => join(import.meta.dirname, `scripts/${name}.sh`);
let machine: Machine;

beforeEach(() => {
  machine = new Machine();
  machine.write('proc/filesystems', 'nodev\tnfsd\n');
  machine.write('etc/fstab', '/dev/vda / ext4 defaults 0 1\n');
  // a folder that is mounted is a link to what it shows
  machine.play('mount', 'rmdir "$1" && mkdir -p "$R/srv/transat-shared/files" && ln -s "$R/srv/transat-shared/files" "$1"');
  machine.play('umount', '[ ! -e "$R/busy" ] && rm "$1" && mkdir "$1"');
  machine.play('mountpoint', '[ -L "$2" ]');
  machine.play('findmnt', '[ ! -L "$4" ] || echo nfs4');
  machine.play('exportfs', 'true');
});
afterEach(() => machine.clear());
const folder = (name = 'shared') => machine.at(name);
const run = (name: string, changed: Record<string, string> = {}) =>
  machine.run(script(name), {
    SERVER: '10.0.0.1',
    ADDRESSES: '10.0.0.1,10.0.0.2,10.0.0.3',
    HOSTNAMES: 'front,worker-1',
    FOLDER: folder(),
    ...changed,
  });
const mounts = (calls: string) => calls.match(/^u?mount .*?(?= *$)/gm) ?? [];
const exported = () => machine.read('etc/exports.d/transat-shared.exports');

describe('the machine that serves', () => {
  it('shares with the machines that it is told of, and is the same when it is run again', () => {
    expect(run('server')).toMatchObject({ code: 0, calls: expect.stringContaining(`mount ${folder()}`) });
    expect(exported()).toMatch(/files 10\.0\.0\.2\(rw,\S*root_squash\) 10\.0\.0\.3\(rw,\S*root_squash\)\n$/);
    const before = machine.settings();
    const again = run('server');
    expect([again.code, mounts(again.calls), machine.settings()]).toEqual([0, [], before]);
  });

  it('shares with nobody where it is alone: a line without a machine would share with all', () => {
    run('server');
    expect(run('server', { ADDRESSES: '10.0.0.1' }).code).toBe(0);
    expect(machine.has('etc/exports.d/transat-shared.exports')).toBe(false);
  });

  it('hides nothing that is there already', () => {
    machine.write('shared/theirs', 'theirs');
    const { code, printed } = run('server');
    expect([code, machine.read('shared/theirs')]).toEqual([1, 'theirs']);
    expect(printed).toContain('would hide');
  });

  it('moves to another path, once, with all that is in it; the rest of the table of mounts stays', () => {
    run('server');
    machine.write('srv/transat-shared/files/kept', 'kept');
    const { calls } = run('server', { FOLDER: folder('data') });
    expect(mounts(calls)).toEqual([`umount ${folder()}`, `mount ${folder('data')}`]);
    expect(machine.read('data/kept')).toBe('kept');
    expect(machine.read('etc/fstab').match(/x-transat\.shared/g)).toHaveLength(1);
    expect(machine.read('etc/fstab')).toContain('/dev/vda / ext4');
  });

  it('goes on where the former path is in use, and says until when', () => {
    run('server');
    machine.write('busy', '');
    expect(run('server', { FOLDER: folder('data') })).toMatchObject({ code: 0, printed: expect.stringContaining('is in use') });
  });

  it('says what is amiss where the kernel can not serve', () => {
    machine.write('proc/filesystems', 'ext4\n');
    expect(run('server')).toMatchObject({ code: 1, printed: expect.stringContaining("can't serve NFS") });
  });
});

describe('a machine that mounts', () => {
  const client = (changed: Record<string, string> = {}) =>
    run('client', { PRIVATE_ADDRESS: '10.0.0.2', NODE_NAME: 'worker-1', ...changed });
  beforeEach(() => machine.write('srv/transat-shared/files/.transat/asked', 'asked 1\n'));

  it('mounts once, answers what was asked each time, and is the same when it is run again', () => {
    expect(mounts(client().calls)).toEqual([`mount ${folder()}`]);
    expect(machine.read('srv/transat-shared/files/.transat/worker-1')).toBe('asked 1\n');
    const before = machine.settings();
    machine.write('srv/transat-shared/files/.transat/asked', 'asked 2\n');
    expect(mounts(client().calls)).toEqual([]);
    expect(machine.read('srv/transat-shared/files/.transat/worker-1')).toBe('asked 2\n');
    expect(machine.read('etc/fstab')).toBe((before['etc/fstab'] ?? '').replace(/^\d+ /, ''));
  });

  it('hides nothing that is there already', () => {
    machine.write('shared/theirs', 'theirs');
    expect(client()).toMatchObject({ code: 1, printed: expect.stringContaining('would hide') });
  });

  it('proves nothing where no other machine answers, and counts those that do', () => {
    const soon = (text: string) => text.replace('SECONDS + 1500', 'SECONDS + 1');
    machine.write('shared/.transat/asked', 'asked');
    machine.write('shared/.transat/front', 'asked');
    const proof = () => machine.run(script('proof'), { SERVER: '10.0.0.1', HOSTNAMES: 'front,worker-1', FOLDER: folder() }, soon);
    expect(proof()).toMatchObject({ code: 1, outputs: '' });
    machine.write('shared/.transat/worker-1', 'asked');
    expect(proof()).toMatchObject({ code: 0, outputs: 'shared=2 of 2\n' });
  });
});
