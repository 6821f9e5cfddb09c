import { AppError, type ErrorCode } from '@/lib/core/errors';
import { tidyText } from '@/lib/core/text';
import type { Answer } from '@/lib/web/answer';

const MOST_WORDS = 300;

/** What was asked, for whoever reads that it failed. */
export interface Asked {
  /** of the cluster */
  cluster: string;
  /** `create the service fish` */
  doing: string;
}

interface Rule {
  status?: number[];
  words: RegExp;
  code: ErrorCode;
  title: string;
  cause: string;
  remedy: string;
}

/** OSCAR's errors are plain text, or nothing at all. These are the ones that people meet, and what helps. */
const rules: Rule[] = [
  {
    words: /bucket.*already (exists|owned)|BucketAlready/i,
    code: 'conflict',
    title: 'A bucket of that name is there already',
    cause: 'OSCAR makes the buckets of a new service itself, and takes none that exists.',
    remedy: 'Name another bucket in the inputs and outputs, or remove the one that is there.',
  },
  {
    words: /missing fol[d]?er on path/i,
    code: 'invalid-input',
    title: 'An input needs a folder',
    cause: 'OSCAR watches a folder of a bucket, never all of it.',
    remedy: 'Write the input as bucket/folder.',
  },
  {
    words: /allowed image|image.*(not|isn.t) (in the list|allowed)|allowed_image/i,
    code: 'invalid-input',
    title: 'The cluster does not take this image',
    cause: 'Its operator allows images of some repositories only.',
    remedy: 'Choose an image from one of those, or ask the operator to allow this one.',
  },
  {
    words: /federation auth failed/i,
    code: 'forbidden',
    title: 'Another cluster does not let you in',
    cause:
      'From 4.1 on, a cluster signs in at the other clusters of a service with your own sign-in, and one of them refuses it or does not answer.',
    remedy: 'Sign in here and there with the same OpenID Connect provider, and look whether that cluster answers.',
  },
  {
    words: /refresh_token/i,
    code: 'invalid-input',
    title: 'A refresh token is needed',
    cause: 'From 4.1 on, a cluster hands jobs to others with an access token that it gets for the service’s refresh token.',
    remedy: 'Give the service one, as the secret refresh_token.',
  },
  {
    words: /not provisioned/i,
    code: 'forbidden',
    title: 'The cluster does not know you yet',
    cause: 'It makes your account when you ask it for anything else for the first time.',
    remedy: 'Open the cluster’s page once, and submit the job again.',
  },
  {
    words: /quota/i,
    code: 'quota-exceeded',
    title: 'A quota of the cluster is used up',
    cause: 'The cluster limits what each person may have.',
    remedy: 'Remove what you don’t need, or ask the cluster’s operator for more.',
  },
  {
    words: /\bVO\b|virtual organi[sz]ation|on the vo:/,
    code: 'invalid-input',
    title: 'The cluster is not in this virtual organisation',
    cause: 'A service may name only one that the cluster lets in.',
    remedy: 'Choose one of the cluster’s, or none.',
  },
  {
    words: /input provider|input_provider|unrecognized input|MinIO server .* is not the configured/i,
    code: 'invalid-input',
    title: 'An input can’t come from there',
    cause: 'OSCAR hears of new files in its own MinIO, in dCache (webdav) and in Rucio only.',
    remedy: 'Use minio.default for the input.',
  },
  {
    words: /the StorageProvider .* is not defined/i,
    code: 'invalid-input',
    title: 'A store is named that the service does not describe',
    cause: 'An input or output names it, and it is not among the stores of the definition.',
    remedy: 'Describe the store in the definition, or use minio.default.',
  },
  {
    words: /(in|out)put path cannot be empty/i,
    code: 'invalid-input',
    title: 'An input or output has no path',
    cause: 'OSCAR reads from and writes to a folder of a bucket.',
    remedy: 'Write it as bucket/folder.',
  },
  {
    words: /metadata\.(labels|annotations)/i,
    code: 'invalid-input',
    title: 'A label or annotation is not one that Kubernetes takes',
    cause: 'A label’s value has at most 63 letters, digits, dashes, underscores and dots; keys of both have a fixed form.',
    remedy: 'Mend the one that the cluster names below.',
  },
  {
    words: /oidc manager for issuer|not listed as an authorized issuer/i,
    code: 'credential-invalid',
    title: 'The cluster does not take your OpenID Connect provider',
    cause: 'Its operator names the providers that it believes; yours is not among them.',
    remedy: 'Sign in with one of those, or use the cluster’s password.',
  },
  {
    words: /cannot unmarshal (\w+) into Go struct field ([\w.]+)/,
    code: 'invalid-input',
    title: 'A field of the definition has the wrong type',
    cause: 'The cluster’s release expects another type there.',
    remedy: 'Mend the field that OSCAR names below: CPU is a text such as "0.5", ports are a list from 4.1 on and one number before.',
  },
  {
    words: /RFC 1123|'Name'.*'(max|required)'|metadata\.name/i,
    code: 'invalid-input',
    title: 'The cluster refuses this name',
    cause: 'A service’s name has 1 to 39 small letters, digits and dashes.',
    remedy: 'Choose such a name.',
  },
  {
    words: /metrics\.k8s\.io|getting metrics info/i,
    code: 'upstream-failed',
    title: 'Nobody measures the cluster’s machines',
    cause: 'OSCAR asks the metrics-server of Kubernetes how busy they are, and there is none, or it does not answer.',
    remedy: 'Have its operator install metrics-server. Services and jobs work without it.',
  },
  {
    words: /registering the service's webhook|action=restart|:\d+: connect: connection refused/i,
    status: [500],
    code: 'upstream-failed',
    title: 'The cluster’s storage was starting again',
    cause: 'OSCAR starts MinIO anew at each change, waits six seconds, and breaks off where that was not long enough.',
    remedy: 'Try again in a moment.',
  },
  {
    words: /Invalid value/i,
    code: 'invalid-input',
    title: 'Kubernetes refuses a value of the definition',
    cause: 'OSCAR passes on what is described; Kubernetes says below which value it does not take, and why.',
    remedy: 'Mend that value.',
  },
  {
    words: /provided name already exists|already exists/i,
    code: 'conflict',
    title: 'That name is taken',
    cause: 'There is one of that name already; it may be somebody else’s, whom you can’t see.',
    remedy: 'Choose another name, or change the one that is there.',
  },
  {
    words: /quantit(y|ies) must match/i,
    code: 'invalid-input',
    title: 'CPU or memory is no quantity',
    cause: 'Kubernetes reads numbers such as 0.5 and 512Mi.',
    remedy: 'Write the CPU as cores and the memory with its unit.',
  },
];

/** Explains an answer that is no success. */
export function explain(answer: Answer, asked: Asked): AppError {
  const words = tidyText(answer.body).trim().slice(0, MOST_WORDS);
  const upstream = {
    service: 'oscar',
    status: answer.status,
    message: words || `status ${answer.status}, without a word`,
    requestId: answer.requestId,
  };
  const detail = `${asked.cluster} did not ${asked.doing}.`;
  const rule = rules.find((one) => one.words.test(words) && (!one.status || one.status.includes(answer.status)));
  if (rule) return new AppError({ code: rule.code, title: rule.title, detail, cause: rule.cause, remedy: rule.remedy, upstream });
  return new AppError({ ...byStatus(answer.status), detail, upstream });
}

function byStatus(status: number): { code: ErrorCode; title: string; cause?: string; remedy: string } {
  if (status === 401) {
    return {
      code: 'credential-invalid',
      title: 'The cluster does not let you in',
      cause:
        'The password is not the cluster’s (any more), or your sign-in is from a provider or of a virtual organisation that it does not take.',
      remedy: 'Give the cluster’s password anew, or ask its operator which virtual organisations it lets in.',
    };
  }
  if (status === 403) {
    return {
      code: 'forbidden',
      title: 'The cluster does not allow that',
      cause: 'It belongs to somebody else there.',
      remedy: 'Ask its owner, or the cluster’s operator.',
    };
  }
  if (status === 404) {
    return {
      code: 'not-found',
      title: 'The cluster has no such thing',
      cause: 'It was removed, is not yours to see, or the cluster’s release does not know it.',
      remedy: 'Load the page again.',
    };
  }
  if (status === 409) return { code: 'conflict', title: 'That is there already', remedy: 'Choose another name.' };
  if (status === 413) {
    return {
      code: 'body-too-large',
      title: 'That is too large for the cluster',
      remedy: 'Put large files into a bucket, not into a call or a script.',
    };
  }
  if (status === 502 || status === 503 || status === 504) {
    return {
      code: 'upstream-failed',
      title: 'The cluster is not ready',
      cause: 'A proxy answers before it, but OSCAR itself does not: it starts, or starts again.',
      remedy: 'Try again in a minute. If it stays, look at the pods of the namespace oscar.',
    };
  }
  if (status >= 500) {
    return {
      code: 'upstream-failed',
      title: 'The cluster failed',
      remedy: 'Try again. If it stays, tell the cluster’s operator what it said.',
    };
  }
  return { code: 'upstream-refused', title: 'The cluster refused', remedy: 'Mend what it says, and try again.' };
}

/** The error for an answer that is no OSCAR's. */
export function notUnderstood(asked: Asked, answer: Pick<Answer, 'status' | 'requestId'>, what: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: 'The cluster’s answer can’t be read',
    detail: `What ${asked.cluster} answered, when asked to ${asked.doing}, is not what OSCAR answers.`,
    cause: `Not as expected: ${what}.`,
    remedy: 'Look whether the address is that of OSCAR’s API, and not of a page or a proxy before it.',
    upstream: { service: 'oscar', status: answer.status, message: 'an answer of another form', requestId: answer.requestId },
  });
}
