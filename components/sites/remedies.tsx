'use client';

import { ExternalLink } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import type { SiteView } from '@/lib/api/contract/sites';
import { remedies } from './access';

/** The buttons that open a site. */
export function Remedies({ site, signedIn }: { site: SiteView; signedIn: boolean }) {
  const t = useT();
  const found = remedies(site, signedIn);
  if (found.length === 0) return null;
  return (
    <span className="mt-2 flex flex-wrap gap-2">
      {found.map(({ label, href, away }) =>
        away ? (
          <a key={href} href={href} target="_blank" rel="noreferrer" className={buttonClass('secondary', 'min-h-8 text-xs')}>
            {label(t)}
            <ExternalLink aria-hidden />
          </a>
        ) : (
          <Link key={href} href={href} className={buttonClass('secondary', 'min-h-8 text-xs')}>
            {label(t)}
          </Link>
        ),
      )}
    </span>
  );
}
