/**
 * A text without what must not be shown. Services quote what they were sent when they refuse it: Keystone a malformed sign-in with
 * its password, Nova the whole user data of a server, OSCAR a definition.
 * @param secrets as they were sent; found also as JSON (of Go, too), a URL or HTML would write them
 */
export function hide(text: string, secrets: string[]): string {
  let shown = text;
  // the longest first: one that is part of another would leave the rest of that
  for (const secret of secrets.filter((one) => one !== '').toSorted((one, other) => other.length - one.length)) {
    const json = JSON.stringify(secret).slice(1, -1);
    const go = json.replace(/[&<>\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    const written = [json, go].flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]);
    const forms = [secret, ...written, encodeURIComponent(secret.toWellFormed()), html, html.replaceAll("'", '&#39;')];
    for (const form of forms) shown = shown.replaceAll(form, '***');
  }
  return shown;
}
