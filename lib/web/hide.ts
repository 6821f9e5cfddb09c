/**
 * A text without what must not be shown. Services quote what they were sent when they refuse it: Keystone a malformed sign-in with
 * its password, Nova the whole user data of a server, OSCAR a definition.
 * @param secrets as they were sent; found also as JSON, a URL or HTML would write them
 */
export function hide(text: string, secrets: string[]): string {
  let shown = text;
  for (const secret of secrets.filter((one) => one !== '')) {
    const json = JSON.stringify(secret).slice(1, -1);
    const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    const forms = [secret, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(secret), html, html.replaceAll("'", '&#39;')];
    for (const form of forms) shown = shown.replaceAll(form, '***');
  }
  return shown;
}
