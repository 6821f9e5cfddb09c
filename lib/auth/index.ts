export { getAuth } from './services';
export { answerSignIn, readRefusal } from './sign-in';
export { answerSignOut } from './sign-out';
export type * from './types';
