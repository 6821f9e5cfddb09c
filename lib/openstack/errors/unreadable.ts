import { AppError } from '@/lib/core/errors';
import { type Answer, jsonOf } from '@/lib/web/answer';
import { markUnclear } from '@/lib/web/unclear';

/**
 * The error of an answer that says it is a success but is not what the service should say: a proxy's or portal's page, or a
 * body that lacks what is needed. It is marked unclear: what was asked for may have been done.
 * @param missing where the body is not as it should be, for example `server.id`
 */
export function unreadable(site: string, service: string, answer: Answer, missing?: string): AppError {
  const isJson = jsonOf(answer) !== undefined;
  return markUnclear(
    new AppError({
      code: isJson ? 'upstream-failed' : 'site-catalog-incomplete',
      title: isJson ? 'The site’s answer can’t be used' : 'The site’s address leads to something else',
      detail: isJson
        ? `The ${service} service of ${site} answered, but not as OpenStack’s API says${missing ? ` (at ${missing})` : ''}.`
        : `Where the ${service} service of ${site} should be, something else answers: not JSON, but ${/^[\w/+.-]{1,60}/.exec(answer.headers['content-type'] ?? '')?.[0] ?? 'nothing'}.`,
      cause: isJson ? undefined : 'The address is wrong, or a proxy or portal stands before the service.',
      remedy: isJson
        ? 'Tell the site’s operators, with the request id.'
        : 'Check the site’s address, or tell its operators that their catalogue is wrong.',
      upstream: { service, status: answer.status, message: 'an answer of another form', requestId: answer.requestId },
    }),
  );
}

/** The error of a list that goes on and on: what was read of it is not the whole, and must not be taken for it. */
export function endless(site: string, service: string, collection: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: 'The site’s list has no end',
    detail: `The ${service} service of ${site} goes on listing ${collection.replaceAll('_', ' ')} far beyond what a project can have.`,
    cause: 'Its paging is broken, or something that is not OpenStack answers there.',
    remedy: 'Tell the site’s operators, or use another site.',
    upstream: { service, status: 200, message: 'a list without an end' },
  });
}
