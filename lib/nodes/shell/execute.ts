import type ssh2 from 'ssh2';
import { AppError } from '@/lib/core/errors';
import { storableText } from '@/lib/core/storable';
import type { ShellTarget } from './connection';
import { unreachable } from './problems';

export interface ExecOptions {
  /** what the command reads */
  input?: string;
  /** seconds; 60 by default */
  timeoutSeconds?: number;
  /** most bytes that are kept of its output; 1 MiB by default. A command that prints more is cut off */
  maxBytes?: number;
}

export interface ExecResult {
  /** exit code; 255 where a signal ended the command */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs one command on an open connection.
 * @throws AppError `node-unreachable` if the connection breaks, `deadline-passed` if the command does not end in time
 */
export function execute(client: ssh2.Client, target: ShellTarget, command: string, options: ExecOptions = {}): Promise<ExecResult> {
  const { input = '', timeoutSeconds = 60, maxBytes = 1024 * 1024 } = options;
  return new Promise((resolve, reject) => {
    const broken = () => settle(() => reject(unreachable(target, new Error('the connection broke'))));
    const timer = setTimeout(() => settle(() => reject(tooLate(target, timeoutSeconds))), timeoutSeconds * 1000);
    let channel: ssh2.ClientChannel | undefined;
    function settle(outcome: () => void): void {
      clearTimeout(timer);
      client.off('close', broken);
      channel?.destroy();
      outcome();
    }
    client.once('close', broken);
    client.exec(command, (error, opened) => {
      if (error) return settle(() => reject(unreachable(target, error)));
      channel = opened;
      const stdout = gather(opened, maxBytes);
      const stderr = gather(opened.stderr, 64 * 1024);
      let code = 255;
      opened.on('exit', (status: number | null) => {
        code = status ?? 255;
      });
      opened.on('close', () => settle(() => resolve({ code, stdout: stdout(), stderr: stderr() })));
      opened.on('error', broken);
      opened.end(input);
    });
  });
}

function gather(stream: NodeJS.ReadableStream, most: number): () => string {
  const blocks: Buffer[] = [];
  let size = 0;
  stream.on('data', (block: Buffer) => {
    if (size < most) blocks.push(block.subarray(0, most - size));
    size += block.length;
  });
  // a disk that lost its power leaves NULs behind, and no database takes them
  return () => storableText(Buffer.concat(blocks).toString('utf8'));
}

function tooLate(target: ShellTarget, seconds: number): AppError {
  return new AppError({
    code: 'deadline-passed',
    title: 'The node took too long to answer',
    detail: `A command by SSH on ${target.address} did not end within ${seconds} seconds.`,
    cause: 'The node is overloaded, its disk hangs, or the network between is very slow.',
    remedy: 'Try again; if it stays, reboot the node.',
  });
}
