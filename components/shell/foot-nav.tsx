'use client';

import { useT } from '@/components/messages/provider';
import { NavLinks } from './nav-links';

/** The main places at the thumb of small screens. */
export function FootNav() {
  const t = useT();
  return (
    <nav
      aria-label={t('nav.main')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-canvas/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md sm:hidden"
    >
      <NavLinks look="foot" />
    </nav>
  );
}
