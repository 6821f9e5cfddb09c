import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../http/listen';
import type { Route } from '../http/router';
import { answerOscar, oscarRoutes } from './api/server';
import { Runs } from './run/runs';
import { answerS3 } from './s3/server';
import { OscarWorld, type OscarWorldOptions } from './world';

/** One OSCAR cluster that listens: its API on one port, its MinIO on another. */
export class OscarCluster {
  readonly world: OscarWorld;
  readonly #routes: Route[];
  #listening: { close(): Promise<void> }[] = [];

  constructor(options: OscarWorldOptions) {
    this.world = new OscarWorld(options);
    this.#routes = oscarRoutes(this.world, new Runs(this.world));
  }

  /** Begins to listen, on the ports of before where they are still free. */
  async open(): Promise<void> {
    const { ports } = this.world.state;
    const oscar = await onPort(ports.api, (request, response) => guard(answerOscar(this.world, this.#routes, request, response), response));
    const minio = await onPort(ports.minio, (request, response) => guard(answerS3(this.world, request, response), response));
    this.#listening = [oscar, minio];
    ports.api = oscar.port;
    ports.minio = minio.port;
    this.world.changed();
    this.world.schedule.run();
  }

  /** Does all that is due, and waits for it. */
  async tick(): Promise<void> {
    this.world.schedule.run();
    await this.world.settled();
  }

  async close(): Promise<void> {
    this.world.schedule.close();
    await Promise.all(this.#listening.map((one) => one.close()));
    this.#listening = [];
  }
}

async function onPort(port: number, listener: (request: IncomingMessage, response: ServerResponse) => void) {
  if (port !== 0) {
    try {
      return await listen(port, listener);
    } catch {
      // somebody else has it now: any other is as good
    }
  }
  return listen(0, listener);
}

function guard(work: Promise<void>, response: ServerResponse): void {
  work.catch((error: unknown) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox fault: ${String(error)}`);
  });
}
