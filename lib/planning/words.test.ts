import { describe, expect, it } from 'vitest';
import { cpuWords, memoryWords } from './words';

describe('amounts in sentences', () => {
  it('counts one CPU as one', () => {
    expect([1, 2].map(cpuWords)).toEqual(['1 CPU', '2 CPUs']);
  });

  it('says memory in the unit that people use', () => {
    expect([512, 1024, 1536, 131_072].map(memoryWords)).toEqual(['512 MiB', '1 GiB', '1.5 GiB', '128 GiB']);
  });
});
