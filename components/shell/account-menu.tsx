'use client';

import { CircleUserRound, Settings2 } from 'lucide-react';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { signInPath } from '@/components/api/retry';
import { themes } from '@/components/messages/preferences';
import { useLanguage } from '@/components/messages/provider';
import { locales } from '@/components/messages/types';
import { usePreferences } from '@/components/messages/use-preferences';
import { useViewer } from '@/components/shared/use-viewer';
import { SignOutItem } from '@/components/signin/sign-out-item';
import { buttonClass } from '@/components/ui/button';
import { Menu, MenuChoice, MenuRule, menuItem } from '@/components/ui/controls/menu';
import { Link } from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';

/** Who one is, how it looks, which language, and the way out. */
export function AccountMenu() {
  const { t } = useLanguage();
  const viewer = useViewer();
  const path = usePathname();
  return (
    <>
      {viewer.state === 'unknown' && <Skeleton className="h-9 w-9" />}
      {viewer.state === 'signed-out' && path !== '/signin' && (
        <Link href={signInPath({ pathname: path, search: '' })} className={buttonClass('primary', 'px-3')}>
          {t('signin.action')}
        </Link>
      )}
      <Menu
        label={t('account.menu')}
        icon={<CircleUserRound aria-hidden className="size-5" />}
        buttonClass="inline-flex h-9 min-w-9 items-center justify-center rounded-lg px-2 text-ink-2 hover:bg-hover"
        head={
          viewer.state === 'signed-in' && (
            <p className="px-2.5 py-2 text-sm">
              <span className="block truncate font-medium text-ink">{viewer.me.name}</span>
              <span className="block truncate text-xs text-ink-3">{viewer.me.email ?? viewer.me.issuer}</span>
            </p>
          )
        }
      >
        {(close) => (
          <>
            {viewer.state === 'signed-in' && (
              <>
                <Link href="/settings/credentials" role="menuitem" onClick={close} className={menuItem}>
                  <Settings2 aria-hidden />
                  {t('nav.settings')}
                </Link>
                <MenuRule />
              </>
            )}
            <Preferences />
            {viewer.state === 'signed-in' && (
              <>
                <MenuRule />
                <SignOutItem />
              </>
            )}
          </>
        )}
      </Menu>
    </>
  );
}

function Preferences() {
  const { t, locale } = useLanguage();
  const { theme, setTheme, setLocale } = usePreferences();
  return (
    <>
      <Choices label={t('theme.label')}>
        {themes.map((each) => (
          <MenuChoice key={each} checked={theme === each} onClick={() => setTheme(each)}>
            {t(`theme.${each}`)}
          </MenuChoice>
        ))}
      </Choices>
      <MenuRule />
      <Choices label={t('language.label')}>
        {locales.map((each) => (
          <MenuChoice key={each} checked={locale === each} onClick={() => setLocale(each)}>
            <span lang={each}>{t(`language.${each}`)}</span>
          </MenuChoice>
        ))}
      </Choices>
    </>
  );
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset aria-label={label}>
      <p aria-hidden className="px-2.5 py-1 text-xs font-medium text-ink-3">
        {label}
      </p>
      {children}
    </fieldset>
  );
}
