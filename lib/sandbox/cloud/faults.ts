import { z } from 'zod';
import type { StepFault } from '../node/move';

const matchSchema = z.strictObject({
  /** `identity`, `compute`, `network`, `image`, `block-storage`, `load-balancer`, `reservation`, or `node` for steps */
  service: z.string().optional(),
  method: z.string().optional(),
  /** regular expression on the path below the service's root; for `node` on `<node>/<step>` */
  path: z.string().optional(),
});
const answerSchema = z.strictObject({
  /** an HTTP status, also of an answer that no client should trust; or what happens to the connection */
  status: z
    .union([z.number().int().min(200).max(599), z.enum(['timeout', 'timeout-after-commit', 'reset', 'reset-after-commit', 'slow'])])
    .default(500),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** the request is carried out, and then answered like this */
  afterCommit: z.boolean().optional(),
  delayMs: z.number().int().min(0).max(120_000).optional(),
  /** for `node`: how the step ends, and the last thing it prints */
  exitCode: z.number().int().min(1).max(255).optional(),
  output: z.string().optional(),
});
export const faultSchema = z.strictObject({
  match: matchSchema,
  answer: answerSchema,
  times: z.number().int().min(1).default(1),
});
export type Fault = z.infer<typeof faultSchema>;

/** What a cloud was told to do wrong, in the order in which it was told. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  list(): Fault[] {
    return this.#faults;
  }

  /** The fault for a request, counted as used; null where all is to go well. */
  take(service: string, method: string, path: string): Fault | null {
    return this.#take(
      (match) =>
        match.service !== 'node' &&
        (!match.service || match.service === service) &&
        (!match.method || match.method.toUpperCase() === method) &&
        fits(match.path, path),
    );
  }

  /** The fault for a node's step (`<node>/<step>`), counted as used. */
  takeForStep(step: string): StepFault | null {
    const fault = this.#take((match) => match.service === 'node' && fits(match.path, step));
    return (
      fault && { exitCode: fault.answer.exitCode ?? 1, complaint: fault.answer.output ?? 'The sandbox was told to let this step fail.' }
    );
  }

  #take(fits: (match: Fault['match']) => boolean): Fault | null {
    const found = this.#faults.find((fault) => fits(fault.match));
    if (!found) return null;
    found.times -= 1;
    if (found.times === 0) this.#faults = this.#faults.filter((fault) => fault !== found);
    return found;
  }
}

function fits(pattern: string | undefined, text: string): boolean {
  if (!pattern) return true;
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return text.includes(pattern);
  }
}
