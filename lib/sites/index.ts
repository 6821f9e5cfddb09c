export { type Access, checkAccess, identityEndpoint, type Way } from './access';
export { readAuthorities } from './certificates';
export { createDirectory, type SiteDirectory } from './directory';
export { keepDirectoryFresh } from './directory/keep-fresh';
export { distanceKm } from './distance';
export { readSiteFacts, withDeadline } from './facts';
export type { OwnSite } from './own-sites';
export type * from './types';
export { placeOfZone } from './zones';
