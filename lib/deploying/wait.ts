/** Waits so many seconds, or until somebody asks for a look, or until the work is to stop. */
export type Wait = (seconds: number) => Promise<void>;

/** Sleepers by deployment, woken by a notification. */
export class Bell {
  readonly #sleepers = new Map<string, Set<() => void>>();

  /** Wakes all that wait for this deployment. */
  ring(deploymentId: string): void {
    for (const wake of this.#sleepers.get(deploymentId) ?? []) wake();
  }

  /** A {@link Wait} that this bell, or the signal, cuts short. */
  waiter(deploymentId: string, signal: AbortSignal): Wait {
    return (seconds) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleepers = this.#sleepers.get(deploymentId) ?? new Set();
        this.#sleepers.set(deploymentId, sleepers);
        const wake = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          sleepers.delete(wake);
          if (sleepers.size === 0) this.#sleepers.delete(deploymentId);
          resolve();
        };
        const timer = setTimeout(wake, seconds * 1000);
        signal.addEventListener('abort', wake, { once: true });
        sleepers.add(wake);
      });
  }
}
