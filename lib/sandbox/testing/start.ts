import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@/lib/core/clock';
import { type Sandbox, startSandbox } from '../index';

export interface TestSandbox extends Sandbox {
  dataDir: string;
  clock: ManualClock;
  /** Lets so many simulated seconds pass, a quarter at a time, and everything due in them happen. */
  pass(seconds: number): Promise<void>;
  /** Closes it and takes its data folder away. */
  end(): Promise<void>;
}

/** A sandbox on a free port with a clock that only moves when it is told to. */
export async function startTestSandbox(dataDir = mkdtempSync(join(tmpdir(), 'transat-sandbox-')), speed = 1): Promise<TestSandbox> {
  const clock = new ManualClock(new Date('2026-11-21T12:00:30Z'));
  const sandbox = await startSandbox({ port: 0, dataDir, transatUrl: 'http://localhost:4699', clock, speed });
  return {
    ...sandbox,
    dataDir,
    clock,
    async pass(seconds) {
      for (let quarter = 0; quarter < seconds * 4; quarter++) {
        clock.advance(250);
        await sandbox.tick();
      }
    },
    async end() {
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
