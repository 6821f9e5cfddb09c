import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from './errors';
import { newId, shortId } from './ids';
import { Secret } from './secret';

describe('Secret', () => {
  const secret = new Secret('canary-7f3a');
  it.each([
    ['a template', `${secret}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['a join', [secret].join()],
  ])('shows nothing of itself in %s', (_name, text) => {
    expect(text).toContain('***');
    expect(text).not.toContain('canary');
  });
  it('gives its value when asked', () => {
    expect(secret.reveal()).toBe('canary-7f3a');
  });
});

describe('AppError', () => {
  it('is known as one when another copy of the module made it', async () => {
    vi.resetModules();
    const copy = await import('./errors');
    const error = new copy.AppError({ code: 'not-signed-in', title: 'The token is not good' });
    expect(copy.AppError).not.toBe(AppError);
    expect(error).toBeInstanceOf(AppError);
    expect(AppError.from(error).code).toBe('not-signed-in');
    expect(new Error('not ours')).not.toBeInstanceOf(AppError);
  });
  it('keeps what a foreign error says out of what people see', () => {
    const problem = AppError.from(new Error('password=canary')).toProblem();
    expect(problem.code).toBe('internal');
    expect(JSON.stringify(problem)).not.toContain('canary');
  });
  it('has the status of its code and no empty keys', () => {
    const error = new AppError({ code: 'quota-exceeded', title: 'The quota is used up', remedy: 'Ask for more' });
    expect(error.status).toBe(409);
    expect(error.toProblem()).toEqual({
      code: 'quota-exceeded',
      title: 'The quota is used up',
      detail: 'The quota is used up',
      remedy: 'Ask for more',
    });
  });
});

describe('ids', () => {
  it('say of what they are, and have a short form for names in clouds', () => {
    const id = newId('dep');
    expect(id).toMatch(/^dep_[0-9a-z]{20}$/);
    expect(shortId(id)).toMatch(/^[0-9a-z]{8}$/);
  });
  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId('x'))).size).toBe(1000);
  });
});
