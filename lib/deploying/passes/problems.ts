import { AppError, type ErrorCode, type Problem } from '@/lib/core/errors';
import { type Found, kindOf } from '../kinds';
import { wordsFor } from '../kinds/words';
import { type Resource, siteOf } from '../ledger/ledger';

/** Problems that no waiting mends: a person must do something first. */
const lasting = new Set<ErrorCode>([
  'credential-invalid',
  'credential-expired',
  'credential-missing',
  'session-expired',
  'vo-not-mapped',
  'protocol-unsupported',
  'identity-provider-unknown',
  'project-not-yours',
  'site-tls-untrusted',
  'site-address-refused',
  'site-catalog-incomplete',
  'quota-exceeded',
  'security-groups-refused',
  'zone-mismatch',
  'zone-not-found',
  'image-not-found',
  'flavor-not-found',
  'network-not-found',
  'no-host-available',
  'forbidden',
  'not-found',
  'invalid-input',
]);

/**
 * Whether the same call can't succeed later by itself. Of what a cloud refused, a conflict or something missing may pass
 * (a router's port is made a moment after the router), the rest not.
 */
export function isLasting({ code, upstream }: Problem): boolean {
  return lasting.has(code) || (code === 'upstream-refused' && upstream?.status !== 404 && upstream?.status !== 409);
}

/** Refusals that say what they are about: not something that an earlier try of ours has made. */
const tellWhy = new Set<ErrorCode>(['quota-exceeded', 'addresses-exhausted', 'network-unreachable', 'no-host-available', 'zone-mismatch']);

/** Whether a create may have been refused because an earlier try, whose answer was lost, has made it after all. */
export function mayBeWithOurs({ code, upstream }: Problem): boolean {
  return upstream?.status === 409 && !tellWhy.has(code);
}

/** The site took parts of it, and shows none of them. */
export function partsUnseen(resource: Resource, parts: string[]): Problem {
  return {
    code: 'upstream-failed',
    title: `The ${wordsFor(resource)} is not whole at ${siteOf(resource)}`,
    detail: `${siteOf(resource)} took what belongs to the ${wordsFor(resource)}, and does not show it: ${parts.join('; ')}.`,
    cause: 'The site is slow to show it, or has lost it.',
    remedy: 'Retry. If it stays, tell the site’s operators, or deploy at another site.',
  };
}

export function deadlinePassed(resource: Resource, seen: Found | undefined): Problem {
  const status = seen?.observed.status;
  const last = typeof status === 'string' ? `Its state was ${status} when last seen.` : (resource.problem?.detail ?? '');
  return {
    code: 'deadline-passed',
    title: `The ${wordsFor(resource)} took too long`,
    detail: `The ${wordsFor(resource)} did not become ready in its time at ${siteOf(resource)}. ${last}`.trim(),
    cause: resource.problem?.cause ?? 'The site is slow or busy, or the request got stuck there.',
    remedy: 'Retry. If it happens again, choose another flavor or site, or ask the site’s support.',
    ...(resource.problem?.upstream ? { upstream: resource.problem.upstream } : {}),
  };
}

export function serverError(resource: Resource, found: Found, tries: number): Problem {
  const fault = found.fault ?? 'The site gave no reason.';
  if (found.remedy !== undefined) return inError(resource, fault, found.remedy);
  if (isOnLease(resource) && /no valid host/i.test(fault)) return noPlaceOnLease(resource, fault);
  return {
    code: 'server-error-state',
    title: `The ${wordsFor(resource)} went into an error at ${siteOf(resource)}`,
    detail: `${siteOf(resource)} could not build the ${wordsFor(resource)} (${tries} ${tries === 1 ? 'try' : 'tries'}): ${fault}`,
    cause: /no valid host/i.test(fault)
      ? 'No machine of the site had room for this flavor.'
      : 'The site’s compute service reported a fault.',
    remedy: 'Retry, or deploy again with another flavor or at another site.',
    upstream: { service: kindOf(resource.kind).service, message: fault },
  };
}

/** Refusals of another size that say themselves what to do. */
const sizeTold = new Set<ErrorCode>(['quota-exceeded', 'flavor-not-found', 'resize-refused']);

/** A server can't have another flavor where it stands: it runs with the one that it had. @param why what its site or its node said; left out: nothing */
export function resizeRefused(resource: Resource, why?: Problem): Problem {
  if (why && sizeTold.has(why.code)) return why;
  const told = why ? ` ${why.detail}` : '';
  return {
    code: 'resize-refused',
    title: `The ${wordsFor(resource)} can’t get another size at ${siteOf(resource)}`,
    detail: `${siteOf(resource)} did not give the ${wordsFor(resource)} another flavor where it stands, and it runs as before.${told}`,
    cause: why?.cause ?? 'No host had room for a machine of that size, or the site can’t resize a machine like this one.',
    remedy: 'Change it again and have its machines made anew, or choose another size.',
    ...(why?.upstream && { upstream: why.upstream }),
  };
}

function inError(resource: Resource, fault: string, remedy: string): Problem {
  return {
    code: 'server-error-state',
    title: `The ${wordsFor(resource)} can’t be used at ${siteOf(resource)}`,
    detail: fault,
    remedy,
    upstream: { service: kindOf(resource.kind).service, message: fault },
  };
}

function noPlaceOnLease(resource: Resource, fault: string): Problem {
  return {
    code: 'no-host-available',
    title: `The ${wordsFor(resource)} found no host of its lease at ${siteOf(resource)}`,
    detail: `${siteOf(resource)} booted no ${wordsFor(resource)} on the lease: ${fault}`,
    cause: 'Another server runs on the leased hosts already, or a host failed.',
    remedy: 'Delete what else runs on the lease, or grow it; then retry.',
    upstream: { service: kindOf(resource.kind).service, message: fault },
  };
}

const isOnLease = ({ spec }: Resource): boolean => kindOf(spec.kind).standsOn?.(spec) !== undefined;

export function leaseIsFull(places: number): AppError {
  return new AppError({
    code: 'no-host-available',
    title: 'The lease has no place left',
    detail: `A server stands on each of the ${places} ${places === 1 ? 'place' : 'places'} of the lease already, of this or another deployment.`,
    remedy: 'Delete the deployment that stands on it, or grow the lease; then retry.',
  });
}

/** It is there, and something of it is not. */
export function troubled(resource: Resource, { detail, remedy }: { detail: string; remedy: string }): Problem {
  return { code: 'upstream-failed', title: `The ${wordsFor(resource)} is not as it should be at ${siteOf(resource)}`, detail, remedy };
}

export function vanished(resource: Resource): Problem {
  return {
    code: 'not-found',
    title: `The ${wordsFor(resource)} is gone`,
    detail: `The ${wordsFor(resource)} (${resource.cloud_id ?? 'no id'}) is no longer in ${siteOf(resource)}’s lists.`,
    cause: 'It was deleted outside of Transat, or the site lost it.',
    remedy: 'Retry makes it anew; what was stored on it is lost. Or delete the deployment.',
  };
}

export function stoppedOutside(resource: Resource, found: Found): Problem {
  return {
    code: 'server-error-state',
    title: `The ${wordsFor(resource)} is not running`,
    detail: `The ${wordsFor(resource)} is in the state ${String(found.observed.status)}, but nobody stopped it here.`,
    cause: 'It was stopped outside of Transat, shut itself down, or its host failed.',
    remedy: 'Start it with the action “start”, or retry.',
  };
}

export function stays(resource: Resource): Problem {
  return {
    code: 'deadline-passed',
    title: `The ${wordsFor(resource)} could not be deleted`,
    detail:
      `${siteOf(resource)} still lists the ${wordsFor(resource)} (${resource.cloud_id ?? 'no id'}). ${resource.problem?.detail ?? ''}`.trim(),
    cause: resource.problem?.cause ?? 'The site did not carry out the deletion, or something outside of this deployment uses it.',
    remedy: 'Delete the deployment again. If it stays, delete it in the site’s own dashboard or ask the site’s support, naming this id.',
    ...(resource.problem?.upstream ? { upstream: resource.problem.upstream } : {}),
  };
}
