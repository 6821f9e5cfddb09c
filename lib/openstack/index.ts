export { connectCloud, listProjects } from './connect';
export { isUnclear } from './errors/unclear';
export { closeDoors } from './http/doors';
export {
  createApplicationCredential,
  deleteApplicationCredential,
} from './keystone/application-credentials';
export type * from './types';
