import { abilitiesOf } from '@/lib/oscar/dialect';
import { volumeTo } from '@/lib/oscar/wire';
import type { Cluster } from '../types';
import { type Export, type ExportForm, fileNameOf, heredoc, inWords, literal, quoted } from './export-words';
import { toFdl } from './fdl';
import { type GivenService, parts } from './wish';

/**
 * All that one does with a service, as commands for a program of one's own. Passwords and tokens are never in it: they are read from the environment.
 * Pure.
 * @param owner as OSCAR tells it
 */
export function exportService(form: ExportForm, given: GivenService, cluster: Exported, clusterId: string, owner = ''): Export {
  const file = fileNameOf(given.name);
  if (form === 'fdl') return { text: `${fdlNote}${toFdl(given, clusterId)}`, name: `${file}.yaml` };
  if (form === 'oscar-cli') return { text: cli(given, cluster, clusterId), name: `${file}.sh` };
  if (form === 'curl') return { text: curl(given, cluster, owner), name: `${file}-curl.sh` };
  return { text: python(given, cluster, clusterId, owner), name: `${file}.py` };
}

type Exported = Pick<Cluster, 'endpoint' | 'auth' | 'dialect'>;

// `ReadFDL` of oscar-cli (pkg/service/service.go) takes a file's name where others take the program
const fdlNote = '# oscar-cli takes the name of a file as the script: save the program beside this file, and name it there.\n';

const inputOf = ({ input, name }: GivenService) => input[0]?.path ?? `${name}/in`;
const outputOf = ({ output, name }: GivenService) => output[0]?.path ?? `${name}/out`;

/** What whoever changes a service with another program has to know of some releases: see `lib/oscar/webhook`. */
const changeNote = ({ dialect }: Exported, how: string) =>
  abilitiesOf(dialect).staleWebhooks ? `\n# in this release files start no jobs after a change${how}` : '';

function cli(given: GivenService, cluster: Exported, clusterId: string): string {
  const { endpoint, auth } = cluster;
  const id = inWords(clusterId);
  const name = quoted(inWords(given.name));
  const file = `${fileNameOf(given.name)}.yaml`;
  const script = `${fileNameOf(given.name)}.script`;
  const add =
    auth.kind === 'basic'
      ? `oscar-cli cluster add ${quoted(id)} ${quoted(endpoint)} ${quoted(auth.user)} "$OSCAR_PASSWORD"`
      : `oscar-cli cluster add ${quoted(id)} ${quoted(endpoint)} --oidc-account-name "$OIDC_ACCOUNT"`;
  return `#!/bin/sh
# The service ${inWords(given.name)} with oscar-cli (https://github.com/grycap/oscar-cli).
set -eu
${add}
${heredoc(script, given.script, 'SCRIPT')}
${heredoc(file, toFdl(given, id, script), 'FDL')}

# make or change it${changeNote(cluster, ': remove it and make it anew, or change it in Transat')}
oscar-cli apply ${quoted(file)}
# give it a file: a job begins
oscar-cli service put-file -c ${quoted(id)} ${name} minio.default ./input ${quoted(`${inputOf(given)}/input`)}
# call it and wait for its answer
oscar-cli service run -c ${quoted(id)} ${name} --file-input ./input
# its jobs, and what one printed
oscar-cli service logs list -c ${quoted(id)} ${name}
oscar-cli service logs get -c ${quoted(id)} ${name} JOB
# its results
oscar-cli service list-files -c ${quoted(id)} ${name} minio.default ${quoted(outputOf(given))}
# remove it with its buckets
# oscar-cli service delete -c ${quoted(id)} ${name}
`;
}

function curl(given: GivenService, cluster: Exported, owner: string): string {
  const { endpoint, auth } = cluster;
  const name = encodeURIComponent(given.name.toWellFormed());
  const file = `${fileNameOf(given.name)}.json`;
  const signIn = auth.kind === 'basic' ? `-u ${quoted(auth.user)}:"$OSCAR_PASSWORD"` : `-H "Authorization: Bearer $ACCESS_TOKEN"`;
  const body = JSON.stringify(definition(given, owner), null, 2);
  return `#!/bin/sh
# The service ${inWords(given.name)} with curl and jq.
set -eu
OSCAR=${quoted(endpoint)}
${heredoc(file, body, 'SERVICE')}

# make it; PUT in the place of POST changes it${changeNote(cluster, ', unless its first input is named there twice')}
curl -f ${signIn} -X POST "$OSCAR/system/services" -H 'Content-Type: application/json' -d @${quoted(file)}
# jobs are started by the service's own token
TOKEN=$(curl -fsS ${signIn} "$OSCAR/system/services/${name}" | jq -r .token)
curl -f -X POST "$OSCAR/job/${name}" -H "Authorization: Bearer $TOKEN" -d '{}'
# call it and wait for its answer
base64 < ./input | curl -f -X POST "$OSCAR/run/${name}" -H "Authorization: Bearer $TOKEN" --data-binary @-
# its jobs, and what one printed
curl -f ${signIn} "$OSCAR/system/logs/${name}"
curl -f ${signIn} "$OSCAR/system/logs/${name}/JOB"
# remove it with its buckets
# curl -f ${signIn} -X DELETE "$OSCAR/system/services/${name}"
`;
}

// a change with the cluster's password takes the owner from the definition: left out, the service would be nobody's
function definition(given: GivenService, owner: string): Record<string, unknown> {
  const pathTo = ({ provider, path, suffix, prefix }: GivenService['input'][number]) => ({
    storage_provider: provider,
    path,
    suffix,
    prefix,
  });
  return {
    name: given.name,
    ...(owner && { owner }),
    cpu: given.cpu,
    memory: given.memory,
    enable_gpu: given.gpu,
    image: given.image,
    script: given.script,
    visibility: given.visibility,
    ...(given.volume && { volume: volumeTo(given.volume) }),
    input: given.input.map(pathTo),
    output: given.output.map(pathTo),
    environment: { variables: given.variables, secrets: Object.fromEntries(Object.keys(given.secrets).map((name) => [name, ''])) },
  };
}

function python(given: GivenService, cluster: Exported, id: string, owner: string): string {
  const { endpoint, auth } = cluster;
  const name = JSON.stringify(given.name);
  const { bucket, folder } = parts(inputOf(given));
  const signIn =
    auth.kind === 'basic'
      ? `"user": ${JSON.stringify(auth.user)}, "password": os.environ["OSCAR_PASSWORD"]`
      : `"oidc_token": os.environ["ACCESS_TOKEN"]`;
  return `# The service ${inWords(given.name)} with oscar-python (pip install oscar-python).
import os
from oscar_python.client import Client

client = Client({"cluster_id": ${JSON.stringify(id)}, "endpoint": ${JSON.stringify(endpoint)}, ${signIn}, "ssl": True})
service = ${literal(definition(given, owner))}

client.create_service(service)  # client.update_service(${name}, service) changes it${changeNote(cluster, ', unless its first input is named there twice')}
# give it a file: a job begins
storage = client.create_storage_client()
storage.upload_file("minio.default", "input", ${JSON.stringify(folder ? `${bucket}/${folder}` : bucket)})
# call it and wait for its answer
print(client.run_service(${name}, input="input").text)
# its jobs, and what one printed
jobs = client.list_jobs(${name}).json()
print(jobs)
# print(client.get_job_logs(${name}, "JOB").text)
# its results
print(storage.list_files_from_path("minio.default", ${JSON.stringify(outputOf(given))}))
# remove it with its buckets
# client.remove_service(${name})
`;
}
