import type { ErrorCode, Problem } from '@/lib/core/errors';

/** What went wrong on a machine, as far as what it printed tells it apart, and what to do. */
export type NodeFault = Pick<Problem, 'code' | 'cause' | 'remedy'>;

interface Rule {
  code: ErrorCode;
  /** one line that says so */
  says: RegExp;
  /** a line that says so of the machine itself tells nothing of what is outside */
  ofOutside?: boolean;
  cause: string;
  remedy: string;
}

/** Lines at the end of what was printed that are looked at: what was said long before the end was lived through. */
const lastLines = 40;
const mostCharacters = 2000;
const mostWords = 200;
const ofMachine = /localhost|127\.0\.0\.1|\[::1\]|^\s*sudo:/i;

/** Causes before what follows from them: no package comes without a name's address, no certificate is good by a clock that is wrong. */
const rules: readonly Rule[] = [
  {
    code: 'node-disk-full',
    says: /no space left on device|disk quota exceeded|enough free (disk )?space|\bENOSPC\b|at least \S+ more space needed|disk requirements/i,
    cause: 'A disk of the machine is full.',
    remedy: 'Deploy with a flavor that has a larger disk, or with a larger volume: a retry meets the same disk.',
  },
  {
    code: 'node-out-of-memory',
    says: /out of memory|oom-?kill|cannot allocate memory|\bMemoryError\b|\bbad_alloc\b|OutOfMemoryError|memory exhausted|\bENOMEM\b|line \d+:\s+\d+ killed|\bkilled signal|^\s*killed$/i,
    cause: 'The machine ran out of memory, and its kernel ended the program.',
    remedy: 'Deploy with a flavor that has more memory.',
  },
  {
    code: 'node-clock-wrong',
    says: /certificate is not yet valid|is not valid yet|notBefore|clock skew|current time \S+ is before|certificate is NOT yet|not yet activated|modification time .* in the future/i,
    cause: 'The clock of the machine is wrong, so that it takes certificates and lists of packages for bad ones.',
    remedy:
      'Retry in some minutes: a machine sets its clock soon after its start. If it stays, tell the site’s support, or deploy at another site.',
  },
  {
    code: 'node-packages-locked',
    says: /could not get lock|unable to (acquire|lock) the (dpkg|administration)|dpkg frontend lock|waiting for cache lock|yum lock|rpm\.lock|waiting for process with pid|is another process using it/i,
    cause: 'Another program of the machine held the lock of its packages, such as the updates that an image begins by itself.',
    remedy: 'Retry: such a program ends by itself.',
  },
  {
    code: 'node-name-unresolved',
    says: /temporary failure (in name resolution|resolving)|could not resolve|name or service not known|unable to resolve host|no such host|getaddrinfo|server misbehaving|name does not resolve|name resolution|NXDOMAIN|SERVFAIL|nodename nor servname|dial udp \S+:53\b|no address associated/i,
    ofOutside: true,
    cause: 'The machine could not find out the address of a name: no name server of its network answers.',
    remedy: 'Retry. If it stays, choose another network, or tell the site’s support.',
  },
  {
    code: 'node-tls-refused',
    says: /certificate[ _]verif|certificate problem|local issuer certificate|self[- ]signed certificate|x509:|certificate (has )?expired|certificate is not trusted|certificate is expired|tls: |ssl routines|gnutls|tls handshake|SSLError|unknown ca\b|SSL_ERROR/i,
    ofOutside: true,
    cause: 'The machine does not take the certificate of a server that it downloads from.',
    remedy:
      'Read in the log which server it is, and retry. If it stays, its certificate has ended, or something on the way puts its own in its place: tell the site’s support.',
  },
  {
    code: 'node-mirror-unreachable',
    says: /failed to fetch|unable to fetch|curl: \((5|6|7|18|22|28|52|55|56|92)\)|wget: .*(fail|error|unable)|^Connecting to .* failed|cannot (download|initiate the connection)|could not connect to|downloading metadata|download metadata|mirrors? (were|was) tried|^\s*A download failed|hash sum mismatch|file has unexpected size|toomanyrequests|pull rate limit|connecttimeout|readtimeout|read timed out|max retries exceeded|no matching distribution|does not have a Release file|(https?:\/\/|dial tcp|registry).*(timed? ?out|timeout|refused|unreachable|no route|reset by peer|error: 5\d\d|50[234] )/i,
    ofOutside: true,
    cause: 'The machine could not fetch packages or files: what serves them does not answer, or no way leads there from its network.',
    remedy: 'Retry. If it stays, choose another network or site.',
  },
  {
    code: 'node-cloud-init-failed',
    says: /cloud-init\b.*(fail|error|traceback|critical)|cc_\w+\.py\[(warning|error|critical)\]|util\.py\[(warning|error)\]|failed (loading|at merging) .*(yaml|cloud config|config)|invalid cloud-config|can not apply stage|no instance datasource|used fallback datasource|unhandled non-multipart|invalid user-?data/i,
    cause: 'The set-up of the machine by its image (cloud-init) failed, so that Transat’s agent may never have begun.',
    remedy: 'Retry builds the server anew. If it fails again, choose another image.',
  },
];

const ended = /(?:script\.sh|bash): line (\d+): (.+)$/;

/**
 * What a machine's last lines say of why it came to no end: of the step that failed, or on its console. Pure. What it says is data of a machine that
 * anybody may have taken over: it chooses among what is known here, and is quoted at most where a script's line is.
 * @param printed the end of what was printed
 * @returns undefined where it tells nothing apart
 */
export function faultIn(printed: string): NodeFault | undefined {
  const lines = printed
    .trimEnd()
    .split('\n')
    .slice(-lastLines)
    .map((line) => line.trimEnd().slice(0, mostCharacters));
  for (const { says, ofOutside, ...fault } of rules) {
    if (lines.some((line) => says.test(line) && !(ofOutside && ofMachine.test(line)))) return fault;
  }
  const [, line, words] = lines.findLast((each) => ended.test(each))?.match(ended) ?? [];
  if (line === undefined || words === undefined) return undefined;
  return { code: 'node-step-failed', cause: `The script ended at its line ${line}: ${words.slice(0, mostWords)}`, remedy: readLog };
}

/** What to do about a step that failed, where no more is known. */
export const readLog = 'Open the node’s log. Retry starts again at this step; what was done before it stays.';

const ofSteps = new Set<string>(['node-step-failed', ...rules.map(({ code }) => code)]);

/** Whether a code is one that says why a step of a node failed. */
export function isOfStep(code: string): boolean {
  return ofSteps.has(code);
}
