import { configure } from './configure';
import { deployments } from './deployments';
import { recipes } from './recipes';
import { shell } from './shell';
import { signin } from './signin';

/** Every sentence of the screens in English; its keys are the keys of all languages. */
export const en = { ...shell, ...signin, ...recipes, ...configure, ...deployments } as const;
