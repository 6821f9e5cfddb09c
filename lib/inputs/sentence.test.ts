import { expect, it } from 'vitest';
import { sentence } from './sentence';
import type { Fault } from './types';

it.each<[Fault, string]>([
  [{ key: 'required' }, 'It must be filled in.'],
  [{ key: 'cidr', text: 'x' }, '"x" is no range of IPv4 addresses; write one such as 192.0.2.0/24, or 0.0.0.0/0 for everybody.'],
  [{ key: 'port', text: 'x' }, '"x" is no port; write 8080, 8080/tcp or 9000-9010/udp.'],
  [{ key: 'tooLong', limit: 9 }, 'It is longer than 9 characters.'],
  [{ key: 'tooMany', limit: 9 }, 'It has more than 9 elements.'],
  [{ key: 'noText' }, 'It holds characters that are no text.'],
  [{ key: 'controls' }, 'It holds control characters (such as line ends), which are not allowed here.'],
  [{ key: 'nested' }, 'Its elements must be simple values.'],
  [{ key: 'text', entry: 'a.2' }, 'Entry a.2: It must be text.'],
])('%j', (fault, said) => expect(sentence(fault)).toBe(said));
