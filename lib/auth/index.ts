export { getAuth } from './services';
export { answerSignIn, signInProviders } from './sign-in';
export { answerSignOut } from './sign-out';
export { findByToken, makeToken, TOKEN_PREFIX } from './tokens';
export type * from './types';
