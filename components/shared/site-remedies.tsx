'use client';

import { ExternalLink } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import type { SiteView } from '@/lib/api/contract/sites';
import { useOnTheWay } from './back-to-form';
import { remedies } from './site-access';

/** The buttons that open a site; whoever presses one on the way to a deployment finds back to its form. */
export function Remedies({ site, signedIn }: { site: SiteView; signedIn: boolean }) {
  const t = useT();
  const onTheWay = useOnTheWay();
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
          <Link key={href} href={onTheWay(href)} className={buttonClass('secondary', 'min-h-8 text-xs')}>
            {label(t)}
          </Link>
        ),
      )}
    </span>
  );
}
