import type { Page } from '@playwright/test';

/** What a browser did not do since the page's policy forbids it, and every error that it wrote to its console. */
export async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Chromium calls a refusal an error, also of what a form asks while it is not filled in yet, or of a site that one has no credential for
    const asked = /\/api\/v1\/(leases\/lint|plans|sites\/[^/]+\/facts)$/.test(new URL(message.location().url || page.url()).pathname);
    const refusal = asked && /^Failed to load resource: .* status of (409|422) /.test(message.text());
    if (message.type() === 'error' && !refusal) complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${new URL(page.url()).pathname}: ${error.message}`));
  await page.exposeFunction('tellViolation', (told: string) => complaints.push(told));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) =>
      Reflect.get(
        window,
        'tellViolation',
      )(
        `${location.pathname} ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample} ${document.activeElement?.outerHTML.slice(0, 80)}`,
      ),
    );
  });
  return complaints;
}
