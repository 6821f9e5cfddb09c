import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorsPage } from './error-catalogue';
import { root } from './shell';

// written anew by: npm run unit -- scripts/lib/error-catalogue -u
it('the page of refusals is as the catalogue has it', async () => {
  await expect(errorsPage()).toMatchFileSnapshot(join(root, 'docs/errors.md'));
});
