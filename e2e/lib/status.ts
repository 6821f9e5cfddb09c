import { request } from 'node:https';

/** The status of what is answered there to who knows the server by that authority alone. @throws where another signed its certificate */
export function statusOf(url: string, ca: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((done, failed) => {
    request(url, { ca, headers, signal: AbortSignal.timeout(30_000) }, (response) => done(response.resume().statusCode))
      .on('error', failed)
      .end();
  });
}
