export { type DocumentSource, readDocument } from './document';
export { closeDoors } from './doors';
export { isUnclear } from './unclear';
