/** Signing in, and the page for those who have not. */
export const signin = {
  'signin.action': 'Sign in',
  'signin.out': 'Sign out',
  'signin.title': 'Sign in',
  'signin.note': 'With the account of your research organisation. Transat keeps no password.',
  'signin.with': 'Continue with {provider}',
  'signin.noProviders': 'No sign-in provider is set up. The operator adds one in the configuration.',
  'signin.browse': 'Browse the recipes without signing in',
  'signin.error.OtherAddress': 'This Transat is reached by another address. You were brought there: sign in now.',
  'signin.error.AccessDenied': 'The provider did not let you in, or you declined. Try again, or choose another provider.',
  'signin.error.Default':
    'The sign-in did not succeed: the provider or its answer could not be used. Try again; if it stays, tell the operator the word {code}.',
  'signin.refused.unanswered': '{provider} does not answer. Try again in a minute; if it stays, its operators must be told.',
  'signin.refused.certificate':
    'The certificate of {provider} is not trusted. The operator must name its authority as caFile of this provider in the configuration.',
  'signin.refused.unreadable':
    '{provider} gave an answer that can’t be used. The operator should compare this provider in the configuration with what it said:',
  'signin.refused.declined': '{provider} did not let you in, or you declined. Try again, or choose another provider.',
  'signin.refused.client':
    '{provider} does not know this Transat, or not by this secret. The operator must compare clientId, clientSecret and clientAuth with the client’s registration there.',
  'signin.refused.grant':
    '{provider} does not allow this Transat to sign people in this way. The operator must allow the authorization code flow in the client’s registration there.',
  'signin.refused.scope':
    '{provider} does not know something that it is asked for. The operator must take it out of scopes of this provider in the configuration.',
  'signin.refused.request':
    '{provider} did not take the question. The operator must compare the redirect address and PKCE in the client’s registration there with the operators’ guide.',
  'signin.refused.late': 'The sign-in took too long, was begun in another window, or its page was reloaded. Sign in again.',
  'signin.refused.group':
    'Your account is good, but it is in none of the groups that may use this Transat. Ask its operator which group to join.',
  'signin.refused.refused': '{provider} refused. The operator should look its words up in the provider’s documentation.',
  'signin.refused.said': 'It said: “{words}”',
  'signin.refused.namespaces':
    'For the operator: {provider} names groups of {namespaces}, which groups.namespaces of this provider does not have.',
  'again.title': 'Sign in once more',
  'again.note': 'You signed in a while ago. For what is secret, Transat wants to be sure that it is you. You come back to this page.',
  'again.action': 'Sign in again',
  'landing.lead': 'Computing clusters on both shores of the Atlantic, from a recipe, in minutes.',
} as const;
