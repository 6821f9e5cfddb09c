export { deviceErrand, finishDeviceLogin, readDeviceLogin, startDeviceLogin } from './device';
export { removeCredential, rotateCredential } from './end';
export { handOver } from './hand-over';
export { addCredential, changeCredential, checkCredential } from './keep';
export { listCredentials, readCredential } from './list';
export { makeCredential } from './make';
export { listOwn } from './own';
export { readFile } from './read';
export { listRevocations, revocationErrand, revoke } from './revoke';
