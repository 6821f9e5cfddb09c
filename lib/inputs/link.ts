/**
 * An address that may stand behind a link: of the web, without a user or password in it. Where it is from (a node's output, a recipe's README, a
 * list of sites) does not matter. Pure.
 * @returns undefined for everything else, such as `javascript:` and `data:`, which would run in Transat's own page
 */
export function webLink(text: string): string | undefined {
  // what a browser leaves out of an address before it reads it
  if (text !== text.trim() || /\p{Cc}/u.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? text : undefined;
}
