import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withSharedFunctions } from '@/lib/catalog/implementation/shared-functions';

/** The text of a recipe's script as machines get it. */
export const scriptText = (path: string): string =>
  withSharedFunctions(readFileSync(path, 'utf8'), (name) => readFileSync(join(dirname(path), '../../shared', name), 'utf8'));
