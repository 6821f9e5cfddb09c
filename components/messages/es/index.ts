import type { Catalogue } from '../types';
import { change } from './change';
import { configure } from './configure';
import { deployments } from './deployments';
import { elastic } from './elastic';
import { home } from './home';
import { leaseFinder } from './lease-finder';
import { leaseSaid } from './lease-said';
import { leases } from './leases';
import { notifications } from './notifications';
import { clusters } from './oscar/clusters';
import { demo } from './oscar/demo';
import { files } from './oscar/files';
import { operation } from './oscar/operation';
import { oscarWork } from './oscar/oscar-work';
import { pairWatch } from './oscar/pair-watch';
import { pairs } from './oscar/pairs';
import { testbed } from './oscar/testbed';
import { volumes } from './oscar/volumes';
import { recipes } from './recipes';
import { refusals } from './refusals';
import { settings } from './settings';
import { shell } from './shell';
import { signin } from './signin';
import { sites } from './sites';
import { strays } from './strays';
import { time } from './time';

/** Every sentence of the screens in Spanish. */
export const es: Catalogue = {
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
};
