export { getAuth } from './services';
export { answerSignIn } from './sign-in';
export { answerSignOut } from './sign-out';
export type * from './types';
