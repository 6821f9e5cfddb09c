import type { Done, Server } from 'pkgcloud';
import type { Answer } from '@/lib/web/answer';
import { isGone, type SendOptions, type Service } from '../service';
import type { CallOptions } from '../types';
import { callVerb, computeVerbs } from './verbs';

/** Nova by pkgcloud. Deletes of what is gone throw, as Nova answers them. */
export type PkgcloudCompute = ReturnType<typeof pkgcloudCompute>;

/** The verbs of Nova that pkgcloud does whole. Its lists (one page), its flavors (no extra specs) and its createServer (no volumes, no hints) are not. */
export function pkgcloudCompute(service: Service) {
  const id = encodeURIComponent;
  return {
    /** @returns Nova's own body of the server with the answer it came in; null when there is no such server */
    async getServer(server: string, options?: CallOptions): Promise<{ body: unknown; answer: Answer } | null> {
      try {
        const { result, answer } = await callVerb(
          computeVerbs(),
          service,
          (client, done: Done<Server>) => client.getServer(id(server), done),
          options,
        );
        return { body: result?.original, answer };
      } catch (error) {
        if (isGone(error)) return null;
        throw error;
      }
    },
    async destroyServer(server: string, options?: CallOptions): Promise<void> {
      await callVerb(computeVerbs(), service, (client, done) => client.destroyServer(id(server), done), options);
    },
    async startServer(server: string): Promise<void> {
      await callVerb(computeVerbs(), service, (client, done) => client.startServer(id(server), done));
    },
    async stopServer(server: string): Promise<void> {
      await callVerb(computeVerbs(), service, (client, done) => client.stopServer(id(server), done));
    },
    async rebootServer(server: string, type: 'SOFT' | 'HARD'): Promise<void> {
      await callVerb(computeVerbs(), service, (client, done) => client.rebootServer(id(server), { type }, done));
    },
    /** @returns the part `limits` of Nova's body with the answer it came in */
    async getLimits(options?: SendOptions): Promise<{ body: unknown; answer: Answer }> {
      const { result, answer } = await callVerb(computeVerbs(), service, (client, done) => client.getLimits(done), options);
      return { body: result, answer };
    },
  };
}
