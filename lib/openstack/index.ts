export { connectCloud, listProjects } from './connect';
export { sentence } from './errors/fault';
export {
  createApplicationCredential,
  deleteApplicationCredential,
  describeApplicationCredential,
  findApplicationCredentials,
} from './keystone/application-credentials';
export { findIdentity } from './keystone/discover';
export { mayCreate } from './keystone/roles';
export { computeVerbs as loadVerbs } from './pkgcloud/verbs';
export type * from './types';
