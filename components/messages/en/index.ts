import { change } from './change';
import { clusters } from './clusters';
import { configure } from './configure';
import { demo } from './demo';
import { deployments } from './deployments';
import { elastic } from './elastic';
import { files } from './files';
import { home } from './home';
import { leaseFinder } from './lease-finder';
import { leaseSaid } from './lease-said';
import { leases } from './leases';
import { notifications } from './notifications';
import { operation } from './operation';
import { oscarWork } from './oscar-work';
import { pairWatch } from './pair-watch';
import { pairs } from './pairs';
import { recipes } from './recipes';
import { refusals } from './refusals';
import { settings } from './settings';
import { shell } from './shell';
import { signin } from './signin';
import { sites } from './sites';
import { strays } from './strays';
import { testbed } from './testbed';
import { time } from './time';
import { volumes } from './volumes';

/** Every sentence of the screens in English; its keys are the keys of all languages. */
export const en = {
  ...shell,
  ...signin,
  ...recipes,
  ...configure,
  ...deployments,
  ...home,
  ...sites,
  ...strays,
  ...time,
  ...clusters,
  ...oscarWork,
  ...volumes,
  ...operation,
  ...pairs,
  ...pairWatch,
  ...testbed,
  ...demo,
  ...settings,
  ...notifications,
  ...files,
  ...change,
  ...elastic,
  ...refusals,
  ...leases,
  ...leaseFinder,
  ...leaseSaid,
} as const;
