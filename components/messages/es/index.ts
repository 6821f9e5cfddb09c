import type { Catalogue } from '../types';
import { configure } from './configure';
import { deployments } from './deployments';
import { recipes } from './recipes';
import { shell } from './shell';
import { signin } from './signin';

/** Every sentence of the screens in Spanish. */
export const es: Catalogue = { ...shell, ...signin, ...recipes, ...configure, ...deployments };
