import type { Done } from 'pkgcloud';
import { orGone, type Service } from '../service';
import type { CallOptions } from '../types';
import { blockStorageVerbs, callVerb } from './verbs';

/** The verbs of Cinder that pkgcloud does whole. Its createVolume speaks Cinder v1 (`display_name`, no metadata). */
export function pkgcloudBlockStorage(service: Service) {
  return {
    async deleteVolume(volume: string): Promise<void> {
      await callVerb(blockStorageVerbs(), service, (client, done) => client.deleteVolume(encodeURIComponent(volume), done)).catch(orGone);
    },
    /** @returns the names of the volume types */
    async getVolumeTypes(options?: CallOptions): Promise<string[]> {
      const { result = [] } = await callVerb(
        blockStorageVerbs(),
        service,
        (client, done: Done<{ name: string }[]>) => client.getVolumeTypes(done),
        options,
      );
      return result.map(({ name }) => name);
    },
  };
}
