/** Next calls this once in each server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { watchPeers } = await import('@/lib/auth/person-address');
    watchPeers();
    const { startWithServer } = await import('@/lib/deploying/work/with-server');
    await startWithServer();
    const { startErrands } = await import('@/lib/keeping/errands');
    startErrands();
  }
}
