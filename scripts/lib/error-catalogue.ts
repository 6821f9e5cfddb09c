import { type ErrorCode, errorCodes } from '@/lib/core/errors';

/** What a code means, and what to do about it, as the page of refusals tells it. */
interface Told {
  about: (typeof subjects)[number];
  means: string;
  todo: string;
}

/** What refusals are about, in the order of their page. */
const subjects = ['of the request', 'of credentials', 'of a site', 'of a deployment', 'of Transat itself'] as const;

/** Every way in which something can go wrong, in words: the one place from which its page is made. */
const catalogue: Record<ErrorCode, Told> = {
  'bad-request': {
    about: 'of the request',
    means: "The request is not what its head says: a body that is not JSON, a path that can't be read",
    todo: 'Send what the [description of the API](users.md#from-a-command-line) says',
  },
  'not-signed-in': {
    about: 'of the request',
    means: 'Nobody is signed in, or the token is not good',
    todo: 'Sign in, or send `Authorization: Bearer …` with a token from Settings → Tokens',
  },
  'session-expired': {
    about: 'of the request',
    means: 'The sign-in has ended, here or at the provider',
    todo: 'Sign in again; what was stopped for it goes on then',
  },
  forbidden: {
    about: 'of the request',
    means: 'The person or the token may not do this: a token that may only read, a group that is missing',
    todo: 'Take a token of scope “write”; ask the operator for the group',
  },
  'recent-sign-in-needed': {
    about: 'of the request',
    means: 'The sign-in is too long ago for what is secret',
    todo: 'Sign in again; Settings and the page of the deployment have a button that comes back',
  },
  'csrf-rejected': {
    about: 'of the request',
    means: "A change came with a session but without the proof that Transat's own page asked for it",
    todo: 'Reload the page; programs use a token, not the session',
  },
  'not-found': {
    about: 'of the request',
    means: "It is not there, or it is somebody else's",
    todo: 'Look in the list that it should be in',
  },
  'method-not-allowed': {
    about: 'of the request',
    means: 'What is there knows other methods: `Allow` names them',
    todo: 'Use one of them',
  },
  conflict: {
    about: 'of the request',
    means: 'It contradicts what is there already, or what runs now',
    todo: 'Read the detail; change the one or the other',
  },
  'body-too-large': { about: 'of the request', means: 'The request is larger than anything that makes sense here', todo: 'Send less' },
  'unsupported-media-type': {
    about: 'of the request',
    means: 'The body is not said to be JSON, and nothing else is read here',
    todo: 'Send `Content-Type: application/json`',
  },
  'invalid-input': { about: 'of the request', means: "Some fields can't be used; `fields` names each", todo: 'Correct what is named' },
  'rate-limited': { about: 'of the request', means: 'It was asked for too often; `Retry-After` says when again', todo: 'Wait' },
  'recipe-invalid': {
    about: 'of the request',
    means: "The recipe, or the combination with its add-ons, can't be used",
    todo: "Choose another combination; tell the recipe's author",
  },
  'credential-missing': {
    about: 'of credentials',
    means: 'There is no credential that opens this site',
    todo: 'Add one in Settings → Credentials',
  },
  'credential-invalid': {
    about: 'of credentials',
    means: 'The site, or the secrets store, does not take it',
    todo: 'Renew it: the secret may have changed or been revoked',
  },
  'credential-expired': { about: 'of credentials', means: 'It was good until it ended', todo: 'Sign in again, or renew it' },
  'project-not-yours': {
    about: 'of credentials',
    means: 'The person has no role in that project of the site',
    todo: 'Choose another project, or ask its owner for a role',
  },
  'vo-not-mapped': {
    about: 'of credentials',
    means: "The site serves none of the person's virtual organisations",
    todo: 'Join one that the site serves',
  },
  'protocol-unsupported': {
    about: 'of credentials',
    means: "The site names its federation's protocol otherwise",
    todo: 'Tell the operator: `protocol` of the site',
  },
  'identity-provider-unknown': {
    about: 'of credentials',
    means: 'The site is not federated with the provider that the person signed in with',
    todo: 'Use an application credential there',
  },
  'site-unreachable': {
    about: 'of a site',
    means: 'Nothing answers at its address',
    todo: "Try later; look at its downtimes on the site's page",
  },
  'site-tls-untrusted': {
    about: 'of a site',
    means: 'Its certificate is signed by nobody that is trusted here',
    todo: 'Tell the site; an operator may name its authority (`caFile`)',
  },
  'site-address-refused': {
    about: 'of a site',
    means: "Transat does not connect to this address: it leads where people's sites, and nodes, must not",
    todo: 'Name the public address; an operator may allow a range (`allowedRanges`)',
  },
  'site-catalog-incomplete': {
    about: 'of a site',
    means: 'Its catalogue lacks a service or a region that is needed',
    todo: 'Name the region; tell the site',
  },
  'site-rate-limited': {
    about: 'of a site',
    means: 'It asks for fewer requests',
    todo: 'Wait; Transat goes on by itself where it is at work',
  },
  'quota-exceeded': {
    about: 'of a site',
    means: 'The quota of the project is met; the detail has the numbers',
    todo: 'Delete what is not needed, ask for less, or have the quota raised',
  },
  'image-not-found': {
    about: 'of a site',
    means: 'The project has no image that the recipe supports, or not the one that was chosen',
    todo: 'Choose another image or site',
  },
  'flavor-not-found': {
    about: 'of a site',
    means: 'No flavor is large enough, or the chosen one is not there',
    todo: 'Choose another flavor or site',
  },
  'network-not-found': { about: 'of a site', means: 'The project has no network that will do', todo: 'Choose one, or another site' },
  'addresses-exhausted': {
    about: 'of a site',
    means:
      'The pool of public addresses, or a network, has no address left, whatever the quota says; other pools were tried where there are some',
    todo: 'Release an address, choose another network or site',
  },
  'network-unreachable': {
    about: 'of a site',
    means: 'No router leads from the network that was chosen to the public addresses',
    todo: 'Choose a network with a router, or none to have one made',
  },
  'port-in-use': {
    about: 'of a site',
    means: 'Something else holds the port, or the address that it should have',
    todo: 'Retry; else release it at the site',
  },
  'security-groups-refused': {
    about: 'of a site',
    means: 'The ports of the network take no security groups',
    todo: 'Choose another network, or none',
  },
  'zone-mismatch': {
    about: 'of a site',
    means: 'The site attaches volumes within one availability zone only, and server and volume are in two',
    todo: 'Retry; else deploy without a volume',
  },
  'zone-not-found': { about: 'of a site', means: 'The availability zone is closed, or not one of that service', todo: 'Deploy again' },
  'no-host-available': {
    about: 'of a site',
    means: 'No host is free for the reservation at that time',
    todo: 'Take another time, number or kind of node',
  },
  'upstream-refused': {
    about: 'of a site',
    means: 'A service refused what Transat asked; its words stand in `upstream`',
    todo: "Read them; with the request id the site's operators find it",
  },
  'upstream-failed': {
    about: 'of a site',
    means: "A service failed, or answered with something that can't be used",
    todo: 'Try again; Transat does so by itself where it is at work',
  },
  'resize-refused': {
    about: 'of a deployment',
    means:
      'A site does not give a machine another flavor where it stands; the machine runs on with the one that it had, and the change was called off',
    todo: 'Change it again and have its machines made anew, or choose another size',
  },
  'server-error-state': {
    about: 'of a deployment',
    means: 'A server, volume or other resource went into an error at the site',
    todo: "Retry; the site's own fault stands with it",
  },
  'deadline-passed': {
    about: 'of a deployment',
    means: 'Something took longer than it may',
    todo: 'Retry, or delete; the last that was seen stands with it',
  },
  'node-step-failed': {
    about: 'of a deployment',
    means: 'A step of the recipe failed on a node',
    todo: "Read the node's log, then retry from there",
  },
  'node-disk-full': {
    about: 'of a deployment',
    means: 'A disk of a node is full',
    todo: 'Deploy with a flavor that has a larger disk, or with a larger volume',
  },
  'node-out-of-memory': {
    about: 'of a deployment',
    means: 'A node ran out of memory, and its kernel ended the program',
    todo: 'Deploy with a flavor that has more memory',
  },
  'node-clock-wrong': {
    about: 'of a deployment',
    means: "A node's clock is wrong, so that certificates and lists of packages look bad to it",
    todo: "Retry in some minutes; else tell the site's support, or choose another site",
  },
  'node-packages-locked': {
    about: 'of a deployment',
    means: 'Another program of a node held the lock of its packages for too long, such as the updates that an image begins by itself',
    todo: 'Retry',
  },
  'node-name-unresolved': {
    about: 'of a deployment',
    means: 'A node could not find out the address of a name: no name server of its network answers',
    todo: 'Retry; else choose another network',
  },
  'node-tls-refused': {
    about: 'of a deployment',
    means: 'A node does not take the certificate of a server that it downloads from',
    todo: 'Read in the log which server it is; retry',
  },
  'node-mirror-unreachable': {
    about: 'of a deployment',
    means: 'A node could not fetch packages or files: what serves them does not answer, or no way leads there',
    todo: 'Retry; else choose another network or site',
  },
  'node-cloud-init-failed': {
    about: 'of a deployment',
    means: 'The set-up of a node by its image (cloud-init) failed; the end of its console stands with it',
    todo: 'Retry builds the server anew; else choose another image',
  },
  'node-unreachable': {
    about: 'of a deployment',
    means: "A node does not report in, and can't be reached by SSH",
    todo: 'Look at its console at the site; retry or delete',
  },
  internal: { about: 'of Transat itself', means: 'A fault in Transat', todo: 'Try again; give the operator the request id' },
  'not-ready': {
    about: 'of Transat itself',
    means: 'Database, queue, key or secrets store are not there',
    todo: 'The operator finds the reason in the log and at `/readyz`',
  },
};

const head = `# What Transat refuses, and what to do

Every refusal has a code, in the API as \`code\` of a problem+json (RFC 9457) with \`title\`, \`detail\`, \`cause\`, \`remedy\` and, where a service of a site said no, its
own words and request id as \`upstream\`. Codes are stable. The status is the one of the API; in a deployment's history the same codes stand with events.`;

/** docs/errors.md: a code that has no row is refused by its type. */
export function errorsPage(): string {
  const codes = Object.keys(catalogue) as ErrorCode[]; // the keys of the closed set, in the order of the page
  const tables = subjects.map((about) => {
    const rows = codes.flatMap((code) => {
      const { means, todo } = catalogue[code];
      return catalogue[code].about === about ? [`| \`${code}\` | ${errorCodes[code]} | ${means} | ${todo} |`] : [];
    });
    const title = about.charAt(0).toUpperCase() + about.slice(1);
    return [`## ${title}`, '', '| code | status | what it means | what to do |', '|---|---|---|---|', ...rows].join('\n');
  });
  return `${[head, ...tables].join('\n\n')}\n`;
}
