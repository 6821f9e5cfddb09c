import { split } from '../api/service-buckets';
import { programFor } from '../programs';
import type { RunRecord, ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { unwrap } from './delegate';
import { decodePosted, fileOf } from './posted';
import { minioFor, type StoreFailure } from './stores';
import { SupervisorLog } from './supervisor-log';

export interface Outcome {
  ok: boolean;
  log: string[];
}

/** What a job says of its file, and what it reads. */
interface Input {
  name: string;
  bytes: Buffer;
}

/**
 * What the supervisor inside a job does: fetches the input, has the program run, and puts every file that it wrote into every output whose
 * filters it passes. A program that fails is no failure of the job, as upstream has it; an output that can't be written is one, and what comes after it is not written.
 * In the words of the supervisor itself, as it was seen to speak.
 */
export async function supervise(world: OscarWorld, service: ServiceRecord, run: RunRecord): Promise<Outcome> {
  const log = new SupervisorLog(world, service.log_level);
  const { provider, event } = unwrap(run.event);
  const file = fileOf(event);
  if (provider !== null) log.info('Delegated event found.');
  if (file) log.info('Storage event found.');
  if (file) log.info('MINIO event created');
  log.info('Reading storage configuration');
  log.info(`Using MinIO credentials for user: '${run.owner === 'cluster_admin' ? 'minio' : run.owner}'`);
  log.info('SUPERVISOR: Initializing Binary supervisor');
  const program = programFor(service.image);
  if (!program) {
    log.info(`The sandbox runs only the programs that come with it. ${service.image} is not one of them, so nothing was run here.`);
    return { ok: false, log: log.lines };
  }
  const input = await inputOf(world, service, run, log);
  if (!input) return { ok: false, log: log.lines };
  log.info(`INPUT_FILE_PATH variable set to '/tmp/input/${input.name}'`);
  log.info("Script file found in '/oscar/config/script.sh'");
  const result = program.run(input, service.environment.variables);
  for (const line of result.log) log.debug(line);
  log.info("Searching for files to upload in folder '/tmp/output'");
  for (const output of service.output) {
    log.info(`Checking files for uploading to '${output.storage_provider}' on path: '${output.path}'`);
    const { bucket, folder } = split(output.path);
    const target = minioFor(world, service, run, output.storage_provider, true);
    for (const { name, bytes } of result.files) {
      const wanted = passes(name, output.suffix, 'endsWith') && passes(name, output.prefix, 'startsWith');
      if (!wanted || !target) continue;
      const key = folder ? `${folder}/${name}` : name;
      log.info(`Uploading file '${key}' to bucket '${bucket}'`);
      const failure = await target.write({ bucket, key }, bytes, service.owner);
      if (failure) return fail(log, failure, 'PutObject', '_parse_output');
    }
  }
  log.info('Creating response');
  const [only, ...others] = result.files;
  // whoever brought no file is answered with the one that was written
  const answer = file || !only || others.length > 0 ? result.log : [only.bytes.toString('base64')];
  return { ok: true, log: [...log.lines, ...answer] };
}

/** The file that an event tells of, or what was posted as a file. Null: neither can be read, which the log says. */
async function inputOf(world: OscarWorld, service: ServiceRecord, run: RunRecord, log: SupervisorLog): Promise<Input | null> {
  const { provider, event } = unwrap(run.event);
  const file = fileOf(event);
  const source = file && minioFor(world, service, run, provider);
  if (!file || !source) {
    log.info("Found 'LOCAL' input provider");
    const bytes = decodePosted(event);
    if (!bytes) log.print('binascii.Error: Incorrect padding', "Failed to execute script 'supervisor' due to unhandled exception!");
    return bytes && { name: `event-file-${run.name.slice(-36)}`, bytes };
  }
  log.info("Found 'MINIO' input provider");
  log.info(`Downloading item from bucket '${file.bucket}' with key '${file.key}'`);
  const name = file.key.split('/').at(-1) ?? 'file';
  const read = await source.read(file);
  if (!Buffer.isBuffer(read)) {
    fail(log, read, 'HeadObject', '_parse_input');
    return null;
  }
  log.info(`Successful download of file '${file.key}' from bucket '${file.bucket}' in path '/tmp/input/${name}'`);
  return { name, bytes: read };
}

/** How the supervisor ends where a storage refuses, or does not answer. */
function fail(log: SupervisorLog, { code, message }: StoreFailure, operation: string, step: string): Outcome {
  if (code === null) {
    log.print(`botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "${message}"`);
    log.print("Failed to execute script 'supervisor' due to unhandled exception!");
  } else {
    log.error(`An error occurred (${code}) when calling the ${operation} operation: ${message}`);
    log.print(`There was an exception in ${step}`, message);
  }
  return { ok: false, log: log.lines };
}

const passes = (name: string, list: string[], how: 'endsWith' | 'startsWith') => list.length === 0 || list.some((one) => name[how](one));
