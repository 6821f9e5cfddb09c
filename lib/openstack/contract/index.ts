import { describe } from 'vitest';
import { delegatedLeases } from './delegated-leases';
import { federation } from './federation';
import { leases } from './leases';
import { loadBalancers } from './load-balancers';
import { networks } from './networks';
import { reading } from './reading';
import { refusals } from './refusals';
import { resizing } from './resizing';
import { servers } from './servers';
import { signingIn } from './signing-in';
import type { ContractSubject } from './subject';
import { volumesAndKeys } from './volumes';

export type { ContractSubject } from './subject';

/**
 * What every cloud must do for Transat's clients, as tests: registered by a test file for the cloud that it names. The sandbox and a
 * real OpenStack pass the same ones; where they differ, the sandbox is wrong.
 */
export function cloudContract(name: string, subject: ContractSubject): void {
  describe(`${name}: signing in`, () => signingIn(subject));
  const { federation: by } = subject;
  if (by) describe(`${name}: signing in with an OpenID provider’s access token`, () => federation(subject, by));
  describe(`${name}: what there is`, () => reading(subject));
  describe(`${name}: networks`, () => networks(subject));
  describe(`${name}: what is refused by name`, () => refusals(subject));
  describe(`${name}: volumes and key pairs`, () => volumesAndKeys(subject));
  describe(`${name}: load balancers`, () => loadBalancers(subject));
  describe(`${name}: servers`, () => servers(subject));
  describe(`${name}: servers that are resized`, () => resizing(subject));
  leaseContract(name, subject);
}

/** The part of it that is about leases. */
export function leaseContract(name: string, subject: ContractSubject): void {
  const { leases: offered } = subject;
  if (!offered) return;
  describe(`${name}: leases`, () => leases(subject, offered));
  describe(`${name}: who may make leases`, () => delegatedLeases(subject, offered));
}
