export { connectCloud, listProjects, openStackWith } from './connect';
export { isUnclear } from './errors/unclear';
export { closeDoors } from './http/doors';
export type * from './types';
