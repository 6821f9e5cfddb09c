export { type Access, checkAccess, identityEndpoint, type Way } from './access';
export { createDirectory, type SiteDirectory } from './directory';
export { distanceKm } from './distance';
export { readSiteFacts, withDeadline } from './facts';
export type * from './types';
export { placeOfZone } from './zones';
