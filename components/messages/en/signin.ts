/** Signing in, and the page for those who have not. */
export const signin = {
  'signin.action': 'Sign in',
  'signin.out': 'Sign out',
  'signin.title': 'Sign in',
  'signin.note': 'With the account of your research organisation. Transat keeps no password.',
  'signin.with': 'Continue with {provider}',
  'signin.noProviders': 'No sign-in provider is set up. The operator adds one in the configuration.',
  'signin.browse': 'Browse the recipes without signing in',
  'signin.error.RequiredGroup':
    'Your account is good, but it is in none of the groups that may use this Transat. Ask its operator which group to join.',
  'signin.error.OtherAddress': 'This Transat is reached by another address. You were brought there: sign in now.',
  'signin.error.AccessDenied': 'The provider did not let you in, or you declined. Try again, or choose another provider.',
  'signin.error.Default':
    'The sign-in did not succeed: the provider or its answer could not be used. Try again; if it stays, tell the operator the word {code}.',
  'landing.lead': 'Computing clusters on both shores of the Atlantic, from a recipe, in minutes.',
} as const;
