import { ensureBuilt } from '../lib/build';

console.log((await ensureBuilt()) ? 'Built.' : 'The build is up to date.');
