import type { Compute } from '@/lib/openstack/types';
import { conflict, failure } from './fake-refusals';

/** A server's flavor, and how far a change of it is. */
export interface Resized {
  [key: string]: unknown;
  flavorId?: unknown;
  resize?: { from: unknown; to: string; until: number; state: 'RESIZE' | 'VERIFY_RESIZE' | 'REVERT_RESIZE' };
}

const takesMs = 5000;

/** What a cloud does with flavors of servers that stand. @param refuses flavors that no host has room for, which is found out later */
export function fakeResizes(
  call: <T>(name: string, effect: () => T) => Promise<T>,
  need: (id: string) => Resized,
  now: () => number,
  refuses: ReadonlySet<string>,
): Pick<Compute, 'resizeServer' | 'confirmResize' | 'revertResize'> {
  const verified = (id: string) => {
    const server = need(id);
    if (resizeStatus(server, now(), refuses) !== 'VERIFY_RESIZE' || !server.resize) throw conflict('it is in vm_state active');
    return { server, resize: server.resize };
  };
  return {
    resizeServer: (id, to) =>
      call('resizeServer', () => {
        const server = need(id);
        if (resizeStatus(server, now(), refuses) !== undefined) throw conflict('it is in task_state resize_prep');
        if (server.flavorId === to) throw failure('upstream-refused', 400, 'When resizing, instances must change flavor!');
        server.resize = { from: server.flavorId, to, until: now() + takesMs, state: 'RESIZE' };
      }),
    confirmResize: (id) =>
      call('confirmResize', () => {
        delete verified(id).server.resize;
      }),
    revertResize: (id) =>
      call('revertResize', () => {
        const { resize } = verified(id);
        Object.assign(resize, { state: 'REVERT_RESIZE', until: now() + takesMs });
      }),
  };
}

/** The state of a server that gets another flavor; undefined where it gets none. What is due by now has happened. */
export function resizeStatus(server: Resized, now: number, refuses: ReadonlySet<string>): string | undefined {
  const { resize } = server;
  if (!resize) return undefined;
  if (resize.state === 'VERIFY_RESIZE' || now < resize.until) return resize.state;
  if (resize.state === 'RESIZE' && !refuses.has(resize.to)) {
    server.flavorId = resize.to;
    resize.state = 'VERIFY_RESIZE';
    return resize.state;
  }
  server.flavorId = resize.from;
  delete server.resize;
  return undefined;
}
