import type { Upstream } from '@/lib/core/errors';
import type { Answer } from '@/lib/web/answer';
import type { CloudAuth } from '../types';
import type { Fault } from './fault';

/** What a call was for. Keystone says the same words for different things, so one must know what was asked. */
export type Purpose =
  | 'sign-in' // any of the three ways to get a first token
  | 'scope' // an unscoped token for one of a project
  | 'make-credential' // an application credential
  | 'use'; // everything that a signed-in person does

/** A call as its explanation needs it. */
export interface Circumstance {
  /** id of the site */
  site: string;
  /** the service's type in the catalogue */
  service: string;
  method: string;
  purpose: Purpose;
  signedInBy: CloudAuth['kind'];
  /** what was sent and must not be shown, even if the service quotes it */
  secrets: string[];
  /** the federation protocol and identity provider that were tried */
  protocol?: string;
  identityProvider?: string;
}

/** An answer that is an error, with its body read. */
export interface Refusal {
  about: Circumstance;
  answer: Answer;
  fault: Fault;
  upstream: Upstream;
}
