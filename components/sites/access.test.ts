import { expect, it } from 'vitest';
import { siteView } from '@/components/shared/testing/site-view';
import type { SiteView } from '@/lib/api/contract/sites';
import { sortSites } from './access';

const site = (over: Partial<SiteView>) => siteView({ access: 'needs-credential', ...over });

it('puts the open sites first', () =>
  expect(
    sortSites([
      site({ id: 'c', name: 'C' }),
      site({ id: 'b', name: 'B', access: 'ready' }),
      site({ id: 'a', name: 'A', access: 'unreachable' }),
    ]).map(({ id }) => id),
  ).toEqual(['b', 'c', 'a']));
