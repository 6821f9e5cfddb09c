import { describe, expect, it } from 'vitest';
import { ApiProblem } from './client';
import { safeReturn, shouldRetry, signInPath } from './retry';

const problem = (status: number) => new ApiProblem({ type: 'about:blank', status, code: 'x', title: 'x', detail: 'x', requestId: '' });

describe('a failed read', () => {
  it.each([0, 429, 500, 502, 503])('is tried again after %d', (status) => expect(shouldRetry(0, problem(status))).toBe(true));
  it.each([400, 401, 403, 404, 409, 422])('is not tried again after %d', (status) => expect(shouldRetry(0, problem(status))).toBe(false));
  it('is given up after the third failure', () => expect(shouldRetry(2, problem(503))).toBe(false));
});

describe('signing in', () => {
  it('comes back to the page and its query', () =>
    expect(signInPath({ pathname: '/deployments', search: '?state=failed' })).toBe('/signin?returnTo=%2Fdeployments%3Fstate%3Dfailed'));
  it('does not come back to itself', () => expect(signInPath({ pathname: '/signin', search: '?returnTo=x' })).toBe('/signin'));
  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '', null])('never leaves for %s', (path) =>
    expect(safeReturn(path)).toBe('/'),
  );
  it('returns to a page of ours', () => expect(safeReturn('/deploy/slurm?step=2')).toBe('/deploy/slurm?step=2'));
});
