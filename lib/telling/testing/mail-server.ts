import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { certificate, privateKey } from '@/lib/web/testing/certificate';

export interface MailServer {
  port: number;
  /** letters as they came, the oldest first */
  letters: string[];
  close(): Promise<void>;
}

/** A real mail server in this process, on 127.0.0.1, which offers STARTTLS and asks for no password unless told otherwise. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const letters: string[] = [];
  const server = new SMTPServer({
    key: privateKey,
    cert: certificate,
    authOptional: true,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push(Buffer.concat(chunks).toString());
        done();
      });
    },
    ...options,
  });
  // what clients break off is what tests are about
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo; // it listens on TCP, so the address is not a path
  return { port, letters, close: () => new Promise((resolve) => server.close(resolve)) };
}
