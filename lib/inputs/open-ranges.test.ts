import { expect, it } from 'vitest';
import { letsEverybodyIn } from './open-ranges';

it.each([
  ['0.0.0.0/0', true],
  ['8.8.8.8/0', true],
  ['10.0.0.0/8, 0.0.0.0/0', true],
  ['0.0.0.0/1,128.0.0.0/1', true],
  ['128.0.0.0/2,192.0.0.0/3,0.0.0.0/1', true],
  // what is not routed lets nobody in
  ['1.0.0.0/8,2.0.0.0/7,4.0.0.0/6,8.0.0.0/5,16.0.0.0/4,32.0.0.0/3,64.0.0.0/2,128.0.0.0/2,192.0.0.0/3', true],
  ['0.0.0.0/1,192.0.0.0/3', false],
  ['128.0.0.0/1', false],
  ['192.0.2.0/24', false],
  ['300.0.0.0/0', false],
  ['', false],
])('%j lets everybody in: %j', (text, open) => expect(letsEverybodyIn(text)).toBe(open));
