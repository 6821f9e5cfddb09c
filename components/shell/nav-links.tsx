'use client';

import { useQueryClient } from '@tanstack/react-query';
import { BookOpen, Boxes, CalendarDays, House, Layers, type LucideIcon, MapPin, Settings2, Waves } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import type { MessageKey } from '@/components/messages/types';
import { useViewer } from '@/components/shared/use-viewer';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';

const places: { href: string; label: Extract<MessageKey, `nav.${string}`>; icon: LucideIcon; only?: 'bar' | 'foot' }[] = [
  { href: '/', label: 'nav.overview', icon: House, only: 'foot' },
  { href: '/recipes', label: 'nav.recipes', icon: BookOpen },
  { href: '/deployments', label: 'nav.deployments', icon: Layers },
  { href: '/leases', label: 'nav.leases', icon: CalendarDays },
  { href: '/clusters', label: 'nav.clusters', icon: Boxes },
  // small screens have it on the page of clusters
  { href: '/testbed', label: 'nav.testbed', icon: Waves, only: 'bar' },
  { href: '/sites', label: 'nav.sites', icon: MapPin },
  // small screens have them in the account's menu
  { href: '/settings', label: 'nav.settings', icon: Settings2, only: 'bar' },
];

/** Links to the main places, for the bar at the top or the one at the foot of small screens. */
export function NavLinks({ look }: { look: 'bar' | 'foot' }) {
  const t = useT();
  const path = usePathname();
  const client = useQueryClient();
  const signedIn = useViewer().state === 'signed-in';
  // what sites tell takes longer than the way to their page
  const askSites = () => void client.prefetchQuery(queries.summaries());
  return places
    .filter((place) => !place.only || place.only === look)
    .map(({ href, label, icon: Icon }) => {
      const here =
        href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`) || (href === '/recipes' && path.startsWith('/deploy/'));
      return (
        <Link
          key={href}
          href={href}
          aria-current={here ? 'page' : undefined}
          onPointerEnter={href === '/sites' && signedIn ? askSites : undefined}
          className={cn(
            look === 'bar'
              ? 'rounded-lg px-3 py-1.5 text-sm font-medium text-ink-2 transition-colors hover:bg-hover hover:text-ink'
              : 'flex flex-1 flex-col items-center gap-0.5 py-2 text-2xs font-medium text-ink-2 -outline-offset-2',
            here && (look === 'bar' ? 'bg-hover text-ink' : 'text-accent'),
          )}
        >
          {look === 'foot' && <Icon aria-hidden className="size-5" />}
          {t(label)}
        </Link>
      );
    });
}
