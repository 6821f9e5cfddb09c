import { inWords, literal } from '../services/export-words';
import { type ExportPair, type ExportSide, signInOf } from './export-sides';

/** A pair with oscar-python. Pure. */
export function pairInPython(pair: ExportPair): string {
  const { name, origin, worker, newer } = pair;
  const signIn = signInOf(pair);
  const text = JSON.stringify(name);
  return `# The pair ${inWords(name)} with oscar-python (pip install oscar-python): ${inWords(origin.id)} hands on what waits too long to ${inWords(worker.id)}.
import os
${newer ? '\nimport requests' : ''}
from oscar_python.client import Client
${[origin, worker].some(({ staleWebhooks }) => staleWebhooks) ? heard : ''}
${client('origin', origin, signIn.origin)}
${client('worker', worker, signIn.worker)}
origin_service = ${literal(origin.definition)}
worker_service = ${literal(worker.definition)}
${[...filled('origin_service', origin), ...filled('worker_service', worker)].join('\n')}

# the origin's first, which makes the buckets that the worker's names; it hands nothing on yet
${newer ? 'alone = {**origin_service, "federation": {**origin_service["federation"], "members": []}}' : 'alone = {key: value for key, value in origin_service.items() if key not in ("clusters", "replicas")}'}
origin.create_service(alone)
worker.create_service(worker_service)
# from here on the worker takes what waits
${newer ? federate(pair) : changing(origin, 'origin', text, 'origin_service')}

# the jobs of both
print(origin.list_jobs(${text}).json())
print(worker.list_jobs(${text}).json())
# hand nothing on any more
${newer ? '# federation("DELETE", {"members": origin_service["federation"]["members"], "delete": False})' : `# ${changing(origin, 'origin', text, 'alone')}`}
# take it out, with the buckets and all that is in them
# origin.remove_service(${text})
# worker.remove_service(${text})
`;
}

function client(name: string, { id, endpoint, auth }: ExportSide, variable: string): string {
  const signIn =
    auth.kind === 'basic'
      ? `"user": ${JSON.stringify(auth.user)}, "password": os.environ["${variable}"]`
      : `"oidc_token": os.environ["${variable}"]`;
  return `${name} = Client({"cluster_id": ${JSON.stringify(id)}, "endpoint": ${JSON.stringify(endpoint)}, ${signIn}, "ssl": True})`;
}

const filled = (service: string, { secrets }: ExportSide) =>
  secrets.map(({ path, variable }) => `${service}${path.map((key) => `[${JSON.stringify(key)}]`).join('')} = os.environ["${variable}"]`);

// whatever else it says with status 500, a change that was made has made a new token
const heard = `
# in this release MinIO hears of a change only where an input is named twice, and OSCAR may answer 500 though the change is made
def change(client, name, service):
    token = lambda: client.get_service(name).json()["token"]
    before = token()
    try:
        client.update_service(name, {**service, "input": service["input"] + service["input"][:1]})
    except Exception:
        if token() == before:
            raise
`;

function changing({ staleWebhooks }: ExportSide, side: 'origin' | 'worker', name: string, service: string): string {
  return staleWebhooks ? `change(${side}, ${name}, ${service})` : `${side}.update_service(${name}, ${service})`;
}

function federate({ name, origin, worker }: ExportPair): string {
  const url = `${origin.endpoint}/system/federation/${encodeURIComponent(name.toWellFormed())}`;
  return `def federation(method, body):
    head = {"Authorization": "Bearer " + os.environ["ACCESS_TOKEN"]}
    requests.request(method, ${JSON.stringify(url)}, headers=head, json=body, timeout=90).raise_for_status()

federation("POST", {"members": origin_service["federation"]["members"], "clusters": origin_service["clusters"]})
# it gave the worker its own definition, which is told of its copy again
${changing(worker, 'worker', JSON.stringify(name), 'worker_service')}`;
}
