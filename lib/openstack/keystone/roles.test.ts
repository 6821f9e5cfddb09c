import { describe, expect, it } from 'vitest';
import { mayCreate, rolesToHandOn } from './roles';

describe('the roles of a person in a project', () => {
  it.each([
    [['member', 'reader'], 'yes'],
    [['_member_'], 'yes'],
    [['admin'], 'yes'],
    [['reader'], 'no'],
    [[], 'no'],
    [['vm_operator', 'reader'], 'unknown'],
  ])('%j: may create servers: %s', (roles, may) => expect(mayCreate(roles)).toBe(may));

  it.each([
    [
      ['admin', 'member', 'reader', 'load-balancer_member'],
      ['member', 'reader'],
    ],
    [['vm_operator', 'project_admin'], ['vm_operator']],
    [['admin'], []],
  ])('%j are handed on as %j', (roles, handed) => expect(rolesToHandOn(roles)).toEqual(handed));
});
