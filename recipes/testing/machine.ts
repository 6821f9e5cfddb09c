import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { scriptText } from './script';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');

/** Of what a person may give as a password, the worst: each of these does harm where it is pasted into a shell, a unit, JSON, YAML or a regular expression. */
export const worstPasswords = [
  `a"quoted" one's own`,
  '$(touch owned)$(touch owned)',
  '`touch owned`; touch owned',
  String.raw`back\slash\\n and \"more\"`,
  '%s %n %{http_code} $HOME $(id)',
  `x' || touch owned || '#{{7*7}}`,
  '`id>owned`$(id>owned)\'"\\;&|x',
  '&& touch owned | tee /owned > o',
];

/** What became of a script: with what it ended, what it printed, what it called, and what it told Transat. */
export interface Ran {
  code: number | null;
  printed: string;
  calls: string;
  outputs: string;
}

/**
 * A machine in a folder, for a recipe's scripts to run on: their paths lead there, and programs that would change this machine are played and told of.
 * Services are so far as to run or not.
 */
export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), 'machine-'));

  constructor() {
    for (const folder of [
      'bin',
      'etc/systemd/system',
      'etc/default',
      'opt',
      'mnt',
      'srv',
      'proc',
      'var/lib/transat',
      'usr/local/bin',
      'runs',
    ])
      mkdirSync(this.at(folder), { recursive: true });
    this.play(
      'systemctl',
      `verb= units=()
for word; do case $word in -*) ;; *) if [ -z "$verb" ]; then verb=$word; else units+=("$word"); fi ;; esac; done
for unit in "\${units[@]}"; do
  case $verb in is-active) [ -e "$R/runs/$unit" ] || exit 3 ;; start | restart) touch "$R/runs/$unit" ;; stop) rm -f "$R/runs/$unit" ;; esac
done`,
    );
    for (const program of ['chown', 'chgrp', 'sleep', 'useradd', 'usermod', 'gpasswd', 'modprobe', 'journalctl'])
      this.play(program, 'true');
    // the owners are not there on the machine that tests
    this.play(
      'install',
      'for ((left = $#; left > 0; left--)); do case $1 in -o|-g) shift 2; left=$((left - 1)) ;; *) set -- "$@" "$1"; shift ;; esac; done; exec /usr/bin/install "$@"',
    );
    this.play('id', '[ "$1" != -gn ] || echo "$2"');
    this.play('runuser', 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"');
    this.play(
      'htpasswd',
      'read -r given; if [ "$1" = -vi ]; then [ "$(cat "$2" 2>/dev/null)" = "$3:$(sha256sum <<<"$given")" ]; else echo "$3:$(sha256sum <<<"$given")"; fi',
    );
  }

  at(path: string): string {
    return join(this.root, path);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(this.at(path));
  }

  /** Has a program do this, with the machine's folder as `$R`. */
  play(program: string, body: string): void {
    writeFileSync(
      this.at(`bin/${program}`),
      `#!/bin/bash\nR=${this.root}\nprintf '%s ' "${program}" "$@" >>"$R/calls"; echo >>"$R/calls"\n${body}\n`,
      { mode: 0o755 },
    );
  }

  /** Runs a recipe's script with what a step is given, perhaps changed where it would wait. */
  run(script: string, given: Record<string, string>, changed = (text: string) => text): Ran {
    for (const file of ['calls', 'outputs']) this.write(file, '');
    const text = changed(scriptText(script)).replaceAll(
      /(?<![\w./:}])\/(etc|opt|mnt|srv|proc|sys\/bus|sys\/firmware|var\/lib|usr\/local|usr\/lib)\//g,
      `${this.root}/$1/`,
    );
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `. ${functions}; apt_install() { true; }; wait_for() { true; }; ${text}`], {
      encoding: 'utf8',
      cwd: this.root,
      timeout: 60_000,
      env: {
        NODE_ENV: 'test',
        HOME: this.root,
        PATH: `${this.at('bin')}:${process.env.PATH}`,
        TRANSAT_OUTPUTS: this.at('outputs'),
        PRIVATE_ADDRESS: '10.0.0.1',
        PUBLIC_ADDRESS: '192.0.2.7',
        NODE_NAME: 'front',
        LOGIN_USER: 'debian',
        ...given,
      },
    });
    return { code: status, printed: stdout + stderr, calls: this.read('calls'), outputs: this.read('outputs') };
  }

  /** All files that scripts have written, with their texts: what must be the same after a second run. */
  settings(): Record<string, string> {
    return Object.fromEntries(
      ['etc', 'opt', 'mnt', 'srv', 'var', 'usr'].flatMap((top) =>
        readdirSync(this.at(top), { recursive: true, encoding: 'utf8' })
          .map((name) => join(top, name))
          .filter((path) => statSync(this.at(path)).isFile())
          .map((path) => [path, `${(statSync(this.at(path)).mode & 0o777).toString(8)} ${this.read(path)}`]),
      ),
    );
  }

  clear(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** Services that a script has begun anew or begun. */
export const begun = ({ calls }: Ran): string[] =>
  [...calls.matchAll(/^systemctl (?:-\S+ )*(?:re)?start (.*?) *$/gm)].flatMap(([, units = '']) => units.split(' '));
