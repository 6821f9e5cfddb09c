export { connectCloud, listProjects } from './connect';
export { isUnclear } from './errors/unclear';
export { closeDoors } from './http/doors';
export {
  createApplicationCredential,
  deleteApplicationCredential,
} from './keystone/application-credentials';
export { findIdentity } from './keystone/discover';
export type * from './types';
