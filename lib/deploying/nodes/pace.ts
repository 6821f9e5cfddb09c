import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';

/** What one node may send within a minute: an agent posts three times a second at most, 512 KiB at a time. */
const mostRequests = 300;
const mostBytes = 8 * 1024 * 1024;
/** Its steps, with the secrets in them: an agent fetches them once, and again where an answer was lost. */
const mostHandOvers = 10;
const windowMs = 60_000;

interface Sent {
  requests: number;
  bytes: number;
  handOvers: number;
}

/** Counts what nodes send to this process, minute by minute, so that one that never stops takes nobody's time. */
export class NodePace {
  readonly #clock: Clock;
  #minute = 0;
  #sent = new Map<string, Sent>();
  #before = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more request. @throws AppError `rate-limited`, with when to come again */
  take(nodeId: string): void {
    const sent = this.#of(nodeId);
    if (sent.requests >= mostRequests || sent.bytes >= mostBytes) throw this.#tooMuch();
    sent.requests++;
  }

  /** Counts what is read of a request, as it comes: what it says of its length is the node's word. @throws as {@link take} */
  count(nodeId: string, bytes: number): void {
    const sent = this.#of(nodeId);
    sent.bytes += bytes;
    if (sent.bytes > mostBytes) throw this.#tooMuch();
  }

  /** Counts one more hand-over of its steps. @throws as {@link take} */
  handOver(nodeId: string): void {
    const sent = this.#of(nodeId);
    if (sent.handOvers >= mostHandOvers) throw this.#tooMuch();
    sent.handOvers++;
  }

  /** How many nodes send to this process: within this minute or, where those were more, the one before. */
  nodes(): number {
    this.#turn();
    return Math.max(this.#before, this.#sent.size);
  }

  #turn(): void {
    const minute = Math.floor(this.#clock.now().getTime() / windowMs);
    if (minute === this.#minute) return;
    this.#before = minute === this.#minute + 1 ? this.#sent.size : 0;
    this.#minute = minute;
    this.#sent = new Map();
  }

  #of(nodeId: string): Sent {
    this.#turn();
    const sent = this.#sent.get(nodeId) ?? { requests: 0, bytes: 0, handOvers: 0 };
    this.#sent.set(nodeId, sent);
    return sent;
  }

  #tooMuch(): TooMuch {
    return new TooMuch(Math.max(1, Math.ceil(((this.#minute + 1) * windowMs - this.#clock.now().getTime()) / 1000)));
  }
}

class TooMuch extends AppError {
  /** seconds */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super({
      code: 'rate-limited',
      title: 'This node says too much',
      detail: `A node may send ${mostRequests} requests and ${mostBytes / 1024 / 1024} MiB a minute.`,
      remedy: `Send the rest in ${retryAfter} s.`,
    });
    this.retryAfter = retryAfter;
  }
}
