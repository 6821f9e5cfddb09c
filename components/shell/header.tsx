'use client';

import { Search } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { Wordmark } from '@/components/ui/brand';
import { Link } from '@/components/ui/link';
import { AccountMenu } from './account-menu';
import { NavLinks } from './nav-links';
import { PaletteButton } from './palette-button';
import { SandboxMark } from './sandbox-mark';

/** The bar at the top of every page. */
export function Header() {
  const t = useT();
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas/90 backdrop-blur-md">
      <div className="mx-auto flex h-14 max-w-[90rem] items-center gap-2 px-4 sm:gap-3 sm:px-6">
        <Link href="/" aria-label={t('nav.home')} className="-ml-1 shrink-0 rounded-lg p-1">
          <Wordmark />
        </Link>
        <nav aria-label={t('nav.main')} className="ml-3 hidden items-center gap-1 sm:flex">
          <NavLinks look="bar" />
        </nav>
        <SandboxMark />
        <div className="ml-auto flex items-center gap-1.5">
          <PaletteButton>
            <Search aria-hidden className="size-4" />
            <span className="hidden lg:inline">{t('palette.open')}</span>
            <span className="sr-only lg:hidden">{t('palette.open')}</span>
          </PaletteButton>
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
