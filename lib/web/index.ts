export { type DocumentSource, readDocument } from './document';
export { closeDoors } from './doors';
export { type AddressRules, mayReach } from './guard';
export { isUnclear } from './unclear';
