import type { ReactNode } from 'react';
import { useT } from '@/components/messages/provider';

/** Who runs this Transat, as its operator says it; null where they don't. */
export interface Runs {
  about: { operator: string; operatorUrl?: string; contact?: string; docs?: string; source?: string } | null;
  sandbox: boolean;
}

/** The foot of the first page: who runs it, where to ask, and where its guide, interface and source are. */
export function WhoRunsIt({ runs: { about, sandbox } }: { runs: Runs }) {
  const t = useT();
  const contact = about?.contact;
  return (
    <footer className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-3 border-t border-line pt-6 text-sm text-ink-2">
      <p>{about ? t('landing.runBy', { name: about.operator }) : sandbox ? t('landing.runSandbox') : t('landing.runUnknown')}</p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {about?.operatorUrl && <Away href={about.operatorUrl}>{about.operator}</Away>}
        {contact && <Away href={contact.includes('://') ? contact : `mailto:${contact}`}>{t('landing.contact')}</Away>}
        {about?.docs && <Away href={about.docs}>{t('landing.docs')}</Away>}
        <Away href="/api/v1/openapi.json">{t('landing.api')}</Away>
        {about?.source && <Away href={about.source}>{t('landing.source')}</Away>}
      </ul>
    </footer>
  );
}

function Away({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <a href={href} className="inline-flex min-h-6 items-center font-medium text-accent hover:underline">
        {children}
      </a>
    </li>
  );
}
