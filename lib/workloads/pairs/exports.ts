import { stringify } from 'yaml';
import { type Export, type ExportForm, fileNameOf, heredoc, inWords, quoted } from '../services/export-words';
import type { SecretPlace } from './bare-definition';
import { pairInPython } from './export-python';
import { type ExportPair, type ExportSide, signInOf, variablesOf } from './export-sides';

/**
 * All that makes a pair, follows it and takes it out, as commands for a program of one's own, in the order that Transat keeps. Passwords, tokens and keys are never in it:
 * they are read from the environment. Pure.
 */
export function exportPair(form: ExportForm, pair: ExportPair): Export {
  const file = `${fileNameOf(pair.name)}-pair`;
  if (form === 'fdl') return { text: fdl(pair), name: `${file}.yaml` };
  if (form === 'oscar-cli') return { text: cli(pair), name: `${file}.sh` };
  if (form === 'curl') return { text: curl(pair), name: `${file}-curl.sh` };
  return { text: pairInPython(pair), name: `${file}.py` };
}

const sides = ['origin', 'worker'] as const;

/** A definition with its clusters and storages beside it, as FDL has them: `ReadFDL` of oscar-cli (pkg/service/service.go) takes those of the file alone. */
function asFdl(parts: { side: ExportSide; script?: string }[]): Record<string, unknown> {
  const clusters: Record<string, unknown> = {};
  const providers: Record<string, object> = {};
  const oscar = parts.map(({ side, script }) => {
    const { clusters: named, storage_providers: stores, cluster_id: _id, ...service } = side.definition;
    Object.assign(clusters, named);
    for (const [kind, some] of Object.entries(stores ?? {})) providers[kind] = { ...providers[kind], ...some };
    return { [side.id]: { ...service, ...(script === undefined ? {} : { script }) } };
  });
  const some = (key: string, map: object) => (Object.keys(map).length > 0 ? { [key]: map } : {});
  return { functions: { oscar }, ...some('clusters', clusters), ...some('storage_providers', providers) };
}

function fdl({ origin, worker }: ExportPair): string {
  return `# oscar-cli takes the name of a file as the script: save the program beside this file, and name it there.
# What is empty of passwords and keys is not told here.
${stringify(asFdl([{ side: origin }, { side: worker }]), { lineWidth: 0 })}`;
}

const opening = (pair: ExportPair, by: string, forOwn: readonly string[]) => {
  const variables = variablesOf(pair, forOwn);
  return `#!/bin/sh
# The pair ${inWords(pair.name)} with ${by}: ${inWords(pair.origin.id)} hands on what waits too long to ${inWords(pair.worker.id)}.
set -eu
umask 077
${variables.map((name) => `: "\${${name}:?}"`).join('\n')}`;
};

/** What jq does to a file so that each secret is in its place. */
const filled = (secrets: readonly SecretPlace[], within: (string | number)[] = []) =>
  secrets.map(({ path, variable }) => `setpath(${JSON.stringify([...within, ...path])}; env.${variable})`).join(' | ') || '.';
const withoutSharing = (pair: ExportPair) => (pair.newer ? '.federation.members = []' : 'del(.clusters, .replicas)');

function curl(pair: ExportPair): string {
  const { name, origin, worker } = pair;
  const signIn = signInOf(pair);
  const file = { origin: `${fileNameOf(name)}-origin.json`, worker: `${fileNameOf(name)}-worker.json` };
  const service = encodeURIComponent(name.toWellFormed());
  const ask = (side: (typeof sides)[number]) => {
    const { auth, staleWebhooks } = pair[side];
    const head = auth.kind === 'basic' ? `-u ${quoted(auth.user)}:"$${signIn[side]}"` : `-H "Authorization: Bearer $${signIn[side]}"`;
    const put = `at_${side} -X PUT "$${side.toUpperCase()}/system/services" --data-binary @-`;
    return `at_${side}() { curl -fsS ${head} -H 'Content-Type: application/json' "$@"; }
${side}() { jq ${quoted(filled(pair[side].secrets))} ${quoted(file[side])}; }
${staleWebhooks ? heard(side, put, service) : `change_${side}() { ${put}; }`}`;
  };
  return `${opening(pair, 'curl and jq', [signIn.origin, signIn.worker])}
ORIGIN=${quoted(origin.endpoint)}
WORKER=${quoted(worker.endpoint)}
${heredoc(file.origin, JSON.stringify(origin.definition, null, 2), 'SERVICE')}
${heredoc(file.worker, JSON.stringify(worker.definition, null, 2), 'SERVICE')}
${ask('origin')}
${ask('worker')}

# the origin's first, which makes the buckets that the worker's names; it hands nothing on yet
origin | jq ${quoted(withoutSharing(pair))} | at_origin -X POST "$ORIGIN/system/services" --data-binary @-
worker | at_worker -X POST "$WORKER/system/services" --data-binary @-
# from here on the worker takes what waits; another time to wait is written into the file, and sent again
${share(pair, service)}

# the jobs of both
at_origin "$ORIGIN/system/logs/${service}"
at_worker "$WORKER/system/logs/${service}"
# hand nothing on any more
# ${unshare(pair, service)}
# take it out, with the buckets and all that is in them
# at_origin -X DELETE "$ORIGIN/system/services/${service}"
# at_worker -X DELETE "$WORKER/system/services/${service}"
`;
}

// whatever else it says with status 500, a change that was made has made a new token
const heard = (
  side: (typeof sides)[number],
  put: string,
  service: string,
) => `# in this release MinIO hears of a change only where an input is named twice, and OSCAR may answer 500 though the change is made
token_${side}() { at_${side} "$${side.toUpperCase()}/system/services/${service}" | jq -r .token; }
change_${side}() { before=$(token_${side}); jq '.input += .input[:1]' | ${put} || true; test "$(token_${side})" != "$before"; }`;

// from 4.1 on the origin gives the worker its own definition, which is then told of its copy again
function share(pair: ExportPair, service: string): string {
  if (!pair.newer) return 'origin | change_origin';
  return `origin | jq '{members: .federation.members, clusters: .clusters}' | at_origin -X POST "$ORIGIN/system/federation/${service}" --data-binary @-
worker | change_worker`;
}

function unshare(pair: ExportPair, service: string): string {
  if (!pair.newer) return `origin | jq ${quoted(withoutSharing(pair))} | change_origin`;
  return `origin | jq '{members: .federation.members, delete: false}' | at_origin -X DELETE "$ORIGIN/system/federation/${service}" --data-binary @-`;
}

function cli(pair: ExportPair): string {
  const { name, origin, worker } = pair;
  const signIn = signInOf(pair);
  const base = fileNameOf(name);
  const own = sides.map((side) => (pair[side].auth.kind === 'basic' ? signIn[side] : 'OIDC_ACCOUNT'));
  const service = quoted(inWords(name));
  const add = (side: (typeof sides)[number]) => {
    const { id, endpoint, auth } = pair[side];
    const how = auth.kind === 'basic' ? `${quoted(auth.user)} "$${signIn[side]}"` : '--oidc-account-name "$OIDC_ACCOUNT"';
    return `oscar-cli cluster add ${quoted(inWords(id))} ${quoted(endpoint)} ${how}`;
  };
  const files = (side: (typeof sides)[number]) => {
    const told = pair[side];
    const script = `${base}-${side}.script`;
    const code = typeof told.definition.script === 'string' ? told.definition.script : '';
    return `${heredoc(script, code, 'SCRIPT')}
${heredoc(`${base}-${side}.json`, JSON.stringify(asFdl([{ side: told, script }]), null, 2), 'FDL')}
jq ${quoted(filledFdl(told))} ${quoted(`${base}-${side}.json`)} > ${quoted(`${base}-${side}.yaml`)}`;
  };
  const [first, second] = [quoted(inWords(origin.id)), quoted(inWords(worker.id))];
  return `${opening(pair, 'oscar-cli and jq', pair.newer ? [...own, 'ACCESS_TOKEN'] : own)}
${add('origin')}
${add('worker')}
${files('origin')}
${files('worker')}

# ${origin.staleWebhooks || worker.staleWebhooks ? `make both (after a change with oscar-cli, files start no jobs in releases from 3.6 to 3.7)` : 'make or change both'}: the origin's first, which makes the buckets that the worker's names
oscar-cli apply ${quoted(`${base}-origin.yaml`)}
oscar-cli apply ${quoted(`${base}-worker.yaml`)}
${pair.newer ? `${members(pair)}\noscar-cli apply ${quoted(`${base}-worker.yaml`)}\n` : ''}
# the jobs of both
oscar-cli service logs list -c ${first} ${service}
oscar-cli service logs list -c ${second} ${service}
# take it out, with the buckets and all that is in them
# oscar-cli service delete -c ${first} ${service}
# oscar-cli service delete -c ${second} ${service}
`;
}

// oscar-cli writes services in the form of 3.x, which has no members of this kind
function members({ name, origin }: ExportPair): string {
  const { federation, clusters } = origin.definition;
  const told = { members: Object(federation).members ?? [], clusters: clusters ?? {} };
  const path = `${origin.endpoint}/system/federation/${encodeURIComponent(name.toWellFormed())}`;
  return `# members have an API of their own, that oscar-cli does not speak
curl -fsS -H "Authorization: Bearer $ACCESS_TOKEN" -H 'Content-Type: application/json' -X POST ${quoted(path)} --data-binary ${quoted(JSON.stringify(told))}`;
}

/** Secrets in a file of FDL: those of clusters and storages stand beside the service. */
function filledFdl({ id, secrets }: ExportSide): string {
  const within = (path: SecretPlace['path']) => (path[0] === 'environment' ? ['functions', 'oscar', 0, id, ...path] : path);
  return secrets.map(({ path, variable }) => `setpath(${JSON.stringify(within(path))}; env.${variable})`).join(' | ') || '.';
}
