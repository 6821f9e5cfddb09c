import { addresses } from './addresses';
import { clouds } from './clouds';
import { clusters } from './clusters';
import { credentials } from './credentials';
import { deploying } from './deploying';
import { inputs } from './inputs';
import { leaseWork } from './lease-work';
import { leases } from './leases';
import { networks } from './networks';
import { nodeFaults } from './node-faults';
import { nodes } from './nodes';
import { operation } from './operation';
import { oscar } from './oscar';
import { pairWatch } from './pair-watch';
import { pairs } from './pairs';
import { planning } from './planning';
import { recipes } from './recipes';
import { requests } from './requests';
import { secrets } from './secrets';
import { services } from './services';
import { signIn } from './sign-in';
import { templates } from './templates';
import { volumes } from './volumes';
import { words } from './words';

const sentences = {
  ...addresses,
  ...clouds,
  ...clusters,
  ...credentials,
  ...deploying,
  ...inputs,
  ...leaseWork,
  ...leases,
  ...networks,
  ...nodeFaults,
  ...nodes,
  ...operation,
  ...oscar,
  ...pairWatch,
  ...pairs,
  ...planning,
  ...recipes,
  ...requests,
  ...secrets,
  ...services,
  ...signIn,
  ...templates,
  ...volumes,
};

/** The engine's sentences and words in Spanish, by their English. */
export const engine = { sentences, words, joins: { ' de el ': ' del ', ' a el ': ' al ' } };
