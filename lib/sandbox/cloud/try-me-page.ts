import { asText, page } from '../oidc/page';

interface Offer {
  authUrl: string;
  project: { name: string };
  applicationCredential: { id: string; secret: string };
}

/** What a person copies to try the cloud: as a site's own page of application credentials would show it. */
export function tryMePage(cloud: string, { authUrl, project, applicationCredential }: Offer): string {
  const rows: [string, string][] = [
    ['Application credential ID', applicationCredential.id],
    ['Secret', applicationCredential.secret],
    ['Project', project.name],
    ['Auth URL', authUrl],
  ];
  const list = rows.map(([name, value]) => `<div><dt>${asText(name)}</dt><dd>${asText(value)}</dd></div>`).join('\n');
  return page(
    `Your key to ${cloud}`,
    `<p>Copy the ID and the secret into Settings → Credentials. A click selects all of a value.</p>\n<dl>\n${list}\n</dl>`,
  );
}
