import { addRule, holdingRules, removeRule } from '@/lib/workloads/placing/rules';
import { listOf } from '../../contract/common';
import { localityRuleSchema, newLocalityRuleSchema } from '../../contract/locality';
import { route } from '../../http/route';

/** Where data of one's buckets may go. */
export const localityRoutes = [
  route(
    {
      method: 'GET',
      path: '/locality',
      access: 'signed-in',
      summary:
        'The rules of where your data may go, the operator’s and yours: it stays on a shore, is better near, or is free. The closest to a path counts',
      answers: { 200: listOf(localityRuleSchema) },
    },
    async ({ person, services }) => ({ body: { items: await holdingRules(services, person.id), next: null } }),
  ),
  route(
    {
      method: 'POST',
      path: '/locality',
      access: 'signed-in',
      summary:
        'Set a rule for a bucket, or a folder of one. It is asked before a pair is made, a job placed or a file put; one that a pair breaks is refused',
      body: newLocalityRuleSchema,
      answers: { 201: localityRuleSchema },
    },
    async ({ person, body, services }) => ({ status: 201, body: { ...(await addRule(services, person.id, body)), by: 'person' as const } }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/locality/{id}',
      access: 'signed-in',
      of: 'locality rule',
      summary: 'Remove a rule',
      answers: { 204: null },
    },
    async ({ person, params, services }) => {
      await removeRule(services, person.id, params.id);
      return {};
    },
  ),
];
