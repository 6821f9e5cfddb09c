import { expect, test } from 'vitest';
import type { PlanView } from '@/lib/api/contract/deployments';
import { serverComplaints } from './fields';

type PlanProblem = PlanView['problems'][number];
const problem = (more: Partial<PlanProblem>): PlanProblem => ({
  severity: 'error',
  code: 'invalid-input',
  title: 'Not so',
  detail: 'It is not so.',
  ...more,
});

test('an answer is wrong where the plan has an error of it, names it among its fields, or its request was refused', () => {
  const problems = [
    problem({ field: 'inputs.workers', detail: 'Too many.' }),
    problem({ fields: [{ path: 'inputs.size', message: 'Too small.' }] }),
    problem({ field: 'placement.workers.flavor' }),
    problem({}),
  ];
  expect(serverComplaints(problems, [{ path: 'inputs.name', message: 'Too long.' }])).toEqual(
    new Map([
      ['workers', 'Too many.'],
      ['size', 'Too small.'],
      ['name', 'Too long.'],
    ]),
  );
});

test('an answer that the plan only warns of is not wrong', () => {
  expect(serverComplaints([problem({ severity: 'warning', field: 'inputs.allowed_cidr' })], [])).toEqual(new Map());
});
