import { AppError } from '@/lib/core/errors';
import { hide } from '@/lib/web/hide';
import type { Refusal } from './circumstance';

/**
 * Keystone's refusals while someone signs in or chooses a project. Its messages are generic on purpose, so what tells them apart
 * is the status, who answered (Apache's HTML or Keystone's JSON) and what was asked.
 * @returns undefined when the refusal is one that any service may give
 */
export function explainSignIn(refusal: Refusal): AppError | undefined {
  const { about, answer, fault } = refusal;
  if (about.purpose === 'make-credential') return makingCredential(refusal);
  if (about.purpose === 'use') return answer.status === 403 && UNSCOPED.test(fault.message) ? unscoped(refusal) : undefined;
  if (answer.status === 400 || /cannot request a scope/i.test(fault.message)) return malformed(refusal);
  if (about.purpose === 'scope') return answer.status === 401 || answer.status === 404 ? notYours(refusal) : undefined;
  if (about.signedInBy === 'oidc') return federated(refusal);
  return answer.status === 401 || answer.status === 404 ? wrongSecret(refusal) : undefined;
}

function federated({ about, answer, fault, upstream }: Refusal): AppError | undefined {
  const site = about.site;
  if (answer.status === 401 && (!fault.fromService || /^bearer/i.test(answer.headers['www-authenticate'] ?? ''))) {
    return new AppError({
      code: 'credential-expired',
      title: 'Your sign-in is no longer accepted by the site',
      detail: `${site} did not accept the access token of your identity provider.`,
      cause:
        bearerReason(hide(answer.headers['www-authenticate'] ?? '', about.secrets)) ??
        'The token has expired, was revoked, or comes from a provider that the site does not know.',
      remedy: 'Sign in again at your identity provider.',
      upstream,
    });
  }
  if (answer.status === 401 && /unsupported method/i.test(fault.message)) {
    return new AppError({
      code: 'protocol-unsupported',
      title: 'The site names its federation otherwise',
      detail: `${site} does not know the federation protocol “${about.protocol}”.`,
      cause: 'Sites choose the protocol’s name themselves; the common ones are “openid” and “oidc”.',
      remedy: 'Set the site’s protocol to the name that its operators use.',
      upstream,
    });
  }
  if (answer.status === 401) {
    return new AppError({
      code: 'vo-not-mapped',
      title: 'The site does not know your virtual organisation',
      detail: `${site} accepted your sign-in, but gives no project to any of your memberships.`,
      cause:
        'None of the virtual organisations (VOs), groups and roles in your sign-in is supported there, or your membership is not active yet.',
      remedy: 'Choose a site that supports your VO, or join a VO that this site supports, then sign in again.',
      upstream,
    });
  }
  if (answer.status === 404) {
    return new AppError({
      code: 'identity-provider-unknown',
      title: 'The site is not federated with your identity provider',
      detail: `${site} does not know the identity provider “${about.identityProvider}”.`,
      cause: fault.fromService ? fault.message : 'There is no federated login at this address.',
      remedy: 'Use an application credential of this site, or correct the site’s identity provider.',
      upstream,
    });
  }
  return undefined;
}

function wrongSecret({ about, answer, fault, upstream }: Refusal): AppError {
  if (/password is expired/i.test(fault.message)) {
    return new AppError({
      code: 'credential-expired',
      title: 'The password has expired',
      detail: `${about.site} asks for a new password before it lets you in.`,
      remedy: 'Set a new password at the site, then save it here.',
      upstream,
    });
  }
  const isPassword = about.signedInBy === 'password';
  const deleted = !isPassword && answer.status === 404;
  return new AppError({
    code: 'credential-invalid',
    title: isPassword ? 'The user name or password is wrong' : 'The application credential is not valid',
    detail: isPassword
      ? `${about.site} did not accept this user name, domain and password.`
      : `${about.site} did not accept this application credential.`,
    cause: isPassword
      ? 'The name, the domain or the password is wrong, or the account is disabled; the site does not tell which.'
      : deleted
        ? 'There is no application credential with this id: it was deleted, or the id is wrong.'
        : 'The secret is wrong, it has expired, or its owner has lost the role it was made with; the site does not tell which.',
    remedy: isPassword
      ? 'Check the three of them and save them again.'
      : 'Make a new application credential at the site and save it here in place of this one.',
    upstream,
  });
}

function notYours({ about, upstream }: Refusal): AppError {
  return new AppError({
    code: 'project-not-yours',
    title: 'You have no role in this project',
    detail: `${about.site} did not let you into the project.`,
    cause: 'The project does not exist there, or you have no role in it; the site does not tell which.',
    remedy: 'Choose one of your own projects, or ask the owner of the project for a role in it.',
    upstream,
  });
}

function malformed({ about, upstream }: Refusal): AppError {
  return new AppError({
    code: 'internal',
    title: 'Transat asked for a sign-in in a way the site does not understand',
    detail: `${about.site} could not read the request for a token.`,
    cause: 'This is a fault of Transat.',
    remedy: 'Give the operator of Transat the request id shown here.',
    upstream,
  });
}

/** Keystone's words for a token that is for no project; to somebody who lacks a role it names the action as well. */
const UNSCOPED = /^you are not authorized to perform the requested action\.?$|scoped token is required|token is not scoped/i;

function unscoped({ about, upstream }: Refusal): AppError {
  return new AppError({
    code: 'internal',
    title: 'Transat asked for something of a project without naming one',
    detail: `${about.site} gives this only to a sign-in that is for a project.`,
    cause: 'This is a fault of Transat.',
    remedy: 'Give the operator of Transat the request id shown here.',
    upstream,
  });
}

function makingCredential({ about, answer, fault, upstream }: Refusal): AppError | undefined {
  if (answer.status === 400 && /role assignment/i.test(fault.message)) {
    return new AppError({
      code: 'upstream-refused',
      title: 'The site makes no application credentials for federated users',
      detail: `${about.site} forgets the roles of federated users at once, so it could not make an application credential for you.`,
      cause: 'Its setting `default_authorization_ttl` (or that of its identity provider) is 0.',
      remedy: 'Go on with your federated sign-in, or ask the site’s operators to give the setting a value.',
      upstream,
    });
  }
  if (answer.status === 403 && /application_credential/i.test(fault.message)) {
    return new AppError({
      code: 'upstream-refused',
      title: 'This credential may not make others',
      detail: `${about.site} lets only unrestricted application credentials make others.`,
      remedy: 'Sign in with OpenID Connect or a password to make one.',
      upstream,
    });
  }
  return undefined;
}

/** `error_description` of a Bearer challenge (RFC 6750, 3). */
function bearerReason(header: string): string | undefined {
  const text = /error_description="([^"]*)"/.exec(header)?.[1];
  return text ? `The site says: ${text}.` : undefined;
}
