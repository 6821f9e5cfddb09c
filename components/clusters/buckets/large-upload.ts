import type { LargeUploadView } from '@/lib/api/contract/buckets';

/** From this size on a file goes up in parts: as `LARGE_BYTES` of the storage. */
export const LARGE_FILE = 16 * 1024 * 1024;
const TRIES = 6;
const FIRST_WAIT_MS = 1000;

/** How a large file's parts get to a storage. */
export interface Ways {
  begin(upload: string | null): Promise<LargeUploadView>;
  part(upload: string, number: number, bytes: Blob, onSent: (bytes: number) => void): Promise<void>;
  end(upload: string): Promise<void>;
  /** what is remembered of an upload of this file that was cut off; null: none was */
  remembered(): string | null;
  remember(upload: string | null): void;
  wait(milliseconds: number): Promise<void>;
}

/** How far a large file is. */
export interface Progress {
  sent: number;
  /** it waits to be tried again */
  interrupted: boolean;
  /** some of it had arrived before */
  goesOn: boolean;
}

/**
 * Sends a file in parts. One that does not arrive is sent again for a while; where an upload of the same file was cut off before, only what is missing is sent.
 * @param worthIt whether an error may pass by itself
 * @throws what the last try of a part met; what has arrived stays
 */
export async function sendLarge(
  file: Blob,
  ways: Ways,
  told: (progress: Progress) => void,
  worthIt: (error: unknown) => boolean,
): Promise<void> {
  const before = ways.remembered();
  const { upload, missing } = await ways.begin(before);
  ways.remember(upload);
  let arrived = file.size - missing.reduce((sum, { start, end }) => sum + end - start, 0);
  const goesOn = before === upload && arrived > 0;
  told({ sent: arrived, interrupted: false, goesOn });
  for (const { number, start, end } of missing) {
    for (let tried = 1; ; tried++) {
      try {
        await ways.part(upload, number, file.slice(start, end), (bytes) => told({ sent: arrived + bytes, interrupted: false, goesOn }));
        break;
      } catch (error) {
        if (tried === TRIES || !worthIt(error)) throw error;
        told({ sent: arrived, interrupted: true, goesOn });
        await ways.wait(FIRST_WAIT_MS * 2 ** (tried - 1));
      }
    }
    arrived += end - start;
    told({ sent: arrived, interrupted: false, goesOn });
  }
  await ways.end(upload);
  ways.remember(null);
}
