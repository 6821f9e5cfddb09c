import { randomBytes } from 'node:crypto';
import type { Answer, Call } from '../../http/call';
import type { ServiceRecord } from '../state';
import { CLUSTER_ADMIN, type OscarWorld } from '../world';
import { maySee } from './auth';
import { bodyOf, type Caller, json, refuse, text } from './call';
import { createOnMembers, updateMembers } from './federation';
import { refusalOfSecrets } from './kubernetes-refuses';
import { isExposed, readService, type ServiceBody } from './service-body';
import { dropBuckets, makeBuckets } from './service-buckets';
import { shownService } from './shown-service';
import { breaksOff, checkFields, complete } from './validate';
import { attachVolume, dropVolumeOf, sameVolume } from './volumes';
import { complaintOf, storageChange } from './webhooks';

const UNREMOVED = 'Error deleting service buckets: %!(EXTRA *errors.errorString=error while removing MinIO bucket error removing resource)';
/** What of a service no definition says. */
const ownWords = ['token', 'webhookToken', 'owner', 'createdAt'];
const newToken = () => randomBytes(32).toString('hex');

export function listServices(world: OscarWorld, caller: Caller): Answer {
  return json(world.state.services.filter((service) => maySee(service, caller)).map((service) => shownService(world, service)));
}

export function getService(world: OscarWorld, caller: Caller, call: Call): Answer {
  return json(shownService(world, serviceOf(world, caller, call.params.name ?? '')));
}

/** What OSCAR says in some places of a service that is not there, too. */
export const NOT_YOURS = 'You do not have permission to access this service';

/** @throws Refusal 404, 403 */
export function serviceOf(world: OscarWorld, caller: Caller, name: string): ServiceRecord {
  const service = world.service(name);
  if (!service) throw refuse(404);
  if (!maySee(service, caller)) throw refuse(403, `User ${caller.uid} doesn't have permision to get this service`);
  return service;
}

export async function createService(world: OscarWorld, caller: Caller, call: Call): Promise<Answer> {
  const wanted = wish(world, call);
  checkFields(wanted);
  const body = complete(world, wanted, 'creating');
  if (world.service(body.name)) {
    throw refuse(world.abilities.federation ? 400 : 409, 'A service with the provided name already exists');
  }
  checkFederation(body);
  const refused = refusalOfSecrets(body);
  const secretless = refused === null ? null : refuse(409, `Error creating secrets for service: ${refused}`);
  // up to 3.7 it says so and goes on
  if (secretless && world.abilities.deployments) throw secretless;
  const token = newToken();
  const service: ServiceRecord = {
    ...body,
    token,
    webhookToken: token,
    owner: caller.admin ? CLUSTER_ADMIN : caller.uid,
    createdAt: world.now(),
  };
  world.state.services.push(service);
  if ([...service.input, ...service.output].some(({ path }) => breaksOff(world, path))) throw refuse(500);
  try {
    attachVolume(world, service);
    await makeBuckets(world, service, true);
    await createOnMembers(world, service, call.headers.authorization);
  } catch (error) {
    world.state.services.splice(world.state.services.indexOf(service), 1);
    dropVolumeOf(world, service);
    throw error;
  }
  world.changed();
  await restartMinio(world);
  if (secretless) throw secretless;
  return { status: 201 };
}

export async function updateService(world: OscarWorld, caller: Caller, call: Call): Promise<Answer> {
  const wanted = wish(world, call);
  checkFields(wanted);
  const service = serviceOf(world, caller, wanted.name);
  if (service.owner !== caller.uid && !caller.admin) throw refuse(403, `User ${caller.uid} doesn't have permision to modify this service`);
  const body = complete(world, wanted, 'updating');
  if (!sameVolume(service.volume, body.volume)) throw refuse(400, 'volume updates are not supported after service creation');
  checkFederation(body);
  // whoever comes with the password says whose it is, were it by saying nothing
  const owner = caller.admin ? body.owner : service.owner;
  for (const key of Object.keys(service)) if (!(key in body) && !ownWords.includes(key)) Reflect.deleteProperty(service, key);
  // up to 3.7 each change makes a new token, of which MinIO hears up to 3.5, and later where a bucket is new
  const token = world.abilities.deployments ? service.token : newToken();
  const change = storageChange(service, body);
  Object.assign(service, body, { owner, token });
  await makeBuckets(world, service, false);
  const registers = change.registers > 0 || !world.abilities.buckets;
  if (registers) service.webhookToken = token;
  world.changed();
  const warnings = await updateMembers(world, service, call.headers.authorization);
  if (registers) await restartMinio(world);
  // what it writes of the ports of an exposed service is written over its program
  if (world.state.settings.upstreamBugs && world.abilities.federation && isExposed(service)) service.script = '';
  const complaint = world.abilities.buckets ? complaintOf(world, owner, change) : '';
  if (complaint !== '') return text(500, complaint);
  return warnings.length > 0 ? text(200, `Updated with federation warnings: [${warnings.join(' ')}]`) : { status: 204 };
}

export async function deleteService(world: OscarWorld, caller: Caller, call: Call): Promise<Answer> {
  const service = serviceOf(world, caller, call.params.name ?? '');
  // somebody else's is looked for among one's own
  if (service.owner !== caller.uid && !caller.admin) throw refuse(404);
  world.state.services.splice(world.state.services.indexOf(service), 1);
  world.state.runs = world.state.runs.filter((run) => run.service !== service.name);
  // of what is nobody's, it can't take the rights away, and goes no further
  const stuck = service.owner === '' && world.abilities.buckets && [...service.input, ...service.output].length > 0;
  if (!stuck) dropBuckets(world, service);
  dropVolumeOf(world, service);
  await restartMinio(world);
  if (stuck) throw refuse(500, UNREMOVED);
  // an output in another cluster's MinIO makes it look for the bucket in its own a second time
  const foreign = service.output.some(({ storage_provider }) => /^minio\.(?!default$)/.test(storage_provider));
  if (foreign && world.state.settings.upstreamBugs) throw refuse(500, 'Error deleting the bucket: The specified bucket does not exist');
  return { status: 204 };
}

/** Each change of webhooks makes MinIO start again, and OSCAR wait for it. */
export async function restartMinio(world: OscarWorld): Promise<void> {
  const seconds = world.definition.timing.minioRestart;
  if (seconds === 0) return;
  world.state.minioBackAt = world.now() + (seconds * 1000) / world.options.speed;
  world.changed();
  await new Promise<void>((resolve) => {
    world.restarts.add(resolve);
    world.schedule.at(world.state.minioBackAt, 'minio-back', 'minio');
  });
}

function wish(world: OscarWorld, call: Call): ServiceBody {
  const read = readService(bodyOf(call), world.abilities);
  if ('fault' in read) throw refuse(400, `The service specification is not valid: ${read.fault}`);
  return read.value;
}

function checkFederation(body: ServiceBody): void {
  if (!body.federation) return;
  const { topology, members } = body.federation;
  if (!['', 'none', 'star', 'mesh'].includes(topology)) throw refuse(400, `Invalid federation topology: ${topology}`);
  const federated = topology === 'star' || topology === 'mesh' || (members ?? []).length > 0;
  if (federated && !body.environment.secrets.refresh_token) throw refuse(400, 'refresh_token secret is required for federated services');
}
