import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCidr, formatCidr, holdsRange, overlaps, parseCidr } from './cidr';

const seed = fc.stringMatching(/^[0-9a-z]{8}$/);

describe('ranges of addresses', () => {
  it('are read and written', () => {
    expect(parseCidr('10.1.2.3/24')).toEqual(parseCidr('10.1.2.0/24'));
    expect(parseCidr('192.0.2.7')).toEqual(parseCidr('192.0.2.7/32'));
    for (const text of ['10.0.0.0/33', '256.0.0.0/8', '10.0.0/8', 'fe80::/64', '', '10.0.0.0/8; x'])
      expect(parseCidr(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), (address, bits) => {
        const range = parseCidr(`${address}/${bits}`);
        expect(range && parseCidr(formatCidr(range))).toEqual(range);
        const one = parseCidr(address);
        expect(range && one && holdsRange(range, one)).toBe(true);
        expect(range && one && bits < 32 && holdsRange(one, range)).toBe(false);
      }),
    );
  });

  it('are chosen by the seed, alike each time, and apart from what is taken', () => {
    fc.assert(
      fc.property(seed, fc.nat(15), fc.array(fc.ipV4()), (text, site, addresses) => {
        const taken = addresses.map((address) => parseCidr(`${address}/16`)).filter((range) => range !== undefined);
        const chosen = chooseCidr(text, site, taken);
        expect(chooseCidr(text, site, taken)).toEqual(chosen);
        expect(taken.some((range) => overlaps(range, chosen))).toBe(false);
        expect(formatCidr(chosen)).toMatch(/^10\.\d+\.\d+\.0\/20$/);
      }),
    );
  });

  it('differ from site to site, and keep away from those of Kubernetes', () => {
    fc.assert(
      fc.property(seed, (text) => {
        const chosen = Array.from({ length: 16 }, (_, site) => chooseCidr(text, site, []));
        expect(new Set(chosen.map(formatCidr)).size).toBe(16);
        for (const usual of ['10.96.0.0/12', '10.244.0.0/16', '10.42.0.0/16', '10.43.0.0/16']) {
          const range = parseCidr(usual);
          expect(chosen.some((each) => range && overlaps(each, range))).toBe(false);
        }
      }),
    );
  });

  it('are found even where everything is taken', () => {
    expect(formatCidr(chooseCidr('abcdefgh', 0, [{ first: 0, size: 2 ** 32 }]))).toMatch(/^10\./);
  });
});
