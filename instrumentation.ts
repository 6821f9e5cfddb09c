/** Next calls this once in each server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { endTracing, startTracing } = await import('@/lib/core/tracing');
    await startTracing('web', process.env);
    // Next itself ends the process, when what it answers is answered
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void endTracing());
    const { watchPeers } = await import('@/lib/auth/person-address');
    watchPeers();
    const { standBeforeNext } = await import('@/lib/api/http/before-next');
    standBeforeNext(process.env.TRANSAT_URL ?? '');
    const { startWithServer } = await import('@/lib/deploying/work/with-server');
    await startWithServer();
    const { startErrands } = await import('@/lib/keeping/errands');
    startErrands();
  }
}
