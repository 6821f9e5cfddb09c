export { readDeviceLogin, startDeviceLogin } from './device';
export { removeCredential, rotateCredential } from './end';
export { addCredential, changeCredential, checkCredential } from './keep';
export { listCredentials, readCredential } from './list';
export { makeCredential } from './make';
export { readFile } from './read';
