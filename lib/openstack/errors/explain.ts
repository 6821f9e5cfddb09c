import type { AppError } from '@/lib/core/errors';
import type { Answer } from '@/lib/web/answer';
import { markUnclear } from '@/lib/web/unclear';
import type { Circumstance } from './circumstance';
import { readFault } from './fault';
import { explainReservation } from './reservation';
import { explainService } from './service';
import { explainSignIn } from './sign-in';

/**
 * Says in plain words what an answer that is no success means, why it came, and what to do now. Pure.
 * @param about what was asked of whom
 * @param answer with a status of 300 or more
 * @param now for a Retry-After that is a date
 * @returns an error that keeps the service's own words, status and request id; marked unclear (see `isUnclear`) when the call
 *   may have had its effect all the same
 */
export function explain(about: Circumstance, answer: Answer, now: Date): AppError {
  const fault = readFault(answer, about.secrets);
  const upstream = { service: about.service, status: answer.status, message: fault.message, requestId: answer.requestId };
  const refusal = { about, answer, fault, upstream };
  const error =
    (about.service === 'identity' ? explainSignIn(refusal) : undefined) ??
    (about.service === 'reservation' ? explainReservation(refusal) : undefined) ??
    explainService(refusal, now);
  const changes = about.method !== 'GET' && about.method !== 'HEAD' && about.purpose === 'use';
  return changes && error.code === 'upstream-failed' ? markUnclear(error) : error;
}
