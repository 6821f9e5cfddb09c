import { setTimeout as sleep } from 'node:timers/promises';
import { registerDeployed } from '@/lib/keeping/deployed-clusters';
import { certificateOf } from '@/lib/workloads/clusters/certificate';
import { lookAtCluster } from '@/lib/workloads/clusters/look';
import { offeredClusters, takeOffered } from '@/lib/workloads/clusters/offered';
import { changeCluster, registerCluster, removeCluster } from '@/lib/workloads/clusters/register';
import { listClusters, readCluster } from '@/lib/workloads/clusters/rows';
import {
  clusterCertificateSchema,
  clusterSchema,
  clusterStatusSchema,
  newClusterSchema,
  offeredClusterSchema,
  patchClusterSchema,
  takeOfferedSchema,
} from '../../contract/clusters';
import { listOf } from '../../contract/common';
import { route } from '../../http/route';

/** Each reaches out to an address that a person names. */
const limit = { name: 'addresses', most: 30, seconds: 600 };
const PATIENCE_MS = 4_000;
/** Pages look again and again while they are open. */
const reading = { name: 'read-clusters', most: 2400, seconds: 600 };

/** OSCAR clusters: what somebody has, registers, changes and forgets. */
export const clusterRoutes = [
  route(
    {
      method: 'GET',
      path: '/clusters',
      access: 'signed-in',
      limit: reading,
      summary: 'Your OSCAR clusters, the oldest first; those that your deployments made are among them. Nothing is asked of them now',
      answers: { 200: listOf(clusterSchema) },
    },
    async ({ person, services }) => {
      // one that does not answer keeps nobody waiting for those that are there
      // and who may only read writes nothing
      if (person.scope === 'write') await Promise.race([registerDeployed(services, person), sleep(PATIENCE_MS)]);
      return { body: { items: await listClusters(services, person.id), next: null } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/clusters',
      access: 'signed-in',
      limit,
      summary: 'Register an OSCAR cluster; it is signed in to first, and asked what it is. Only you see it',
      body: newClusterSchema,
      answers: { 201: clusterSchema },
    },
    async ({ person, body, services }) => {
      const cluster = await registerCluster(services, person, body);
      return { status: 201, body: cluster, headers: { location: `/api/v1/clusters/${cluster.id}` } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/offered',
      access: 'signed-in',
      limit: reading,
      summary: 'Clusters of the sandbox that you can take; none where there is no sandbox',
      answers: { 200: listOf(offeredClusterSchema) },
    },
    async ({ person, services }) => ({ body: { items: await offeredClusters(services, person.id), next: null } }),
  ),
  route(
    {
      method: 'POST',
      path: '/clusters/offered',
      access: 'signed-in',
      limit,
      summary: 'Register one of the sandbox’s clusters, with its password',
      body: takeOfferedSchema,
      answers: { 201: clusterSchema },
    },
    async ({ person, body, services }) => {
      const cluster = await takeOffered(services, person, body.id);
      return { status: 201, body: cluster, headers: { location: `/api/v1/clusters/${cluster.id}` } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'One cluster, as it is kept here',
      answers: { 200: clusterSchema },
    },
    async ({ person, params, services }) => ({ body: await readCluster(services, person.id, params.id) }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/clusters/{id}',
      access: 'signed-in',
      of: 'cluster',
      limit,
      summary: 'Rename a cluster, or change how it is reached or signed in to, which is tried first; a `ca` of `null` goes',
      body: patchClusterSchema,
      answers: { 200: clusterSchema },
    },
    async ({ person, params, body, services }) => ({ body: await changeCluster(services, person, params.id, body) }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/clusters/{id}',
      access: 'signed-in',
      of: 'cluster',
      summary: 'Forget a cluster; what runs there stays. One that came with a deployment goes with it',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeCluster(services, person, params.id);
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/status',
      access: 'signed-in',
      of: 'cluster',
      limit: reading,
      summary: 'How a cluster is, as it says now: release, health, nodes and what is free; `problem` where it can’t be asked',
      answers: { 200: clusterStatusSchema },
    },
    async ({ person, params, services }) => ({ body: await lookAtCluster(services, person.id, params.id) }),
  ),
  route(
    {
      method: 'GET',
      path: '/clusters/{id}/certificate',
      access: 'signed-in',
      of: 'cluster',
      limit,
      summary: 'The certificate that a cluster shows now, beside those that you said it is known by; nothing is sent there',
      answers: { 200: clusterCertificateSchema },
    },
    async ({ person, params, services }) => ({ body: await certificateOf(services, person.id, params.id) }),
  ),
];
