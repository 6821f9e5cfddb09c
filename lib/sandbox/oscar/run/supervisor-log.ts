import type { OscarWorld } from '../world';

const levels = ['NOTSET', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];

/** What the supervisor of a job says, as far as its service's level lets it. */
export class SupervisorLog {
  readonly lines: string[] = [];
  readonly #world: OscarWorld;
  readonly #least: number;

  constructor(world: OscarWorld, level: string) {
    this.#world = world;
    this.#least = levels.indexOf(level);
  }

  info = (text: string) => this.#say('INFO', text);
  error = (text: string) => this.#say('ERROR', text);
  debug = (text: string) => this.#say('DEBUG', text);

  /** What stands there whatever the level is. */
  print(...texts: string[]): void {
    this.lines.push(...texts);
  }

  #say(level: string, text: string): void {
    if (levels.indexOf(level) < this.#least) return;
    const at = new Date(this.#world.now()).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
    this.lines.push(`${at} - supervisor - ${level} - ${text}`);
  }
}
