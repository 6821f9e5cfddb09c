'use client';

import { CircleUserRound, LogOut, Settings2 } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { signInPath } from '@/components/api/retry';
import { themes } from '@/components/messages/preferences';
import { useLanguage } from '@/components/messages/provider';
import { locales } from '@/components/messages/types';
import { signOut } from '@/components/signin/sign-out';
import { buttonClass } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { usePreferences } from './use-preferences';
import { useSession } from './use-session';

const item =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm text-ink outline-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-ink-2';

/** Who one is, how it looks, which language, and the way out. */
export function AccountMenu() {
  const { t, locale } = useLanguage();
  const session = useSession();
  const path = usePathname();
  const { theme, setTheme, setLocale } = usePreferences();
  return (
    <>
      {session.state === 'unknown' && <Skeleton className="h-9 w-20" />}
      {session.state === 'signed-out' && path !== '/signin' && (
        <Link href={signInPath({ pathname: path, search: '' })} className={buttonClass('primary')}>
          {t('signin.action')}
        </Link>
      )}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="inline-flex h-9 min-w-9 items-center justify-center gap-2 rounded-lg px-2 text-sm text-ink-2 hover:bg-hover">
          <CircleUserRound aria-hidden className="size-5" />
          <span className="sr-only">{t('account.menu')}</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={6} className="z-50 w-64 rounded-xl border border-line bg-surface p-1.5 shadow-pop">
            {session.state === 'signed-in' && (
              <>
                <DropdownMenu.Label className="px-2.5 py-2 text-sm">
                  <span className="block truncate font-medium text-ink">{session.me.name}</span>
                  <span className="block truncate text-xs text-ink-3">{session.me.email ?? session.me.issuer}</span>
                </DropdownMenu.Label>
                <DropdownMenu.Item asChild className={item}>
                  <Link href="/settings">
                    <Settings2 aria-hidden />
                    {t('nav.settings')}
                  </Link>
                </DropdownMenu.Item>
                <Rule />
              </>
            )}
            <Choice
              label={t('theme.label')}
              value={theme}
              onChange={setTheme}
              options={themes.map((each) => ({ value: each, label: t(`theme.${each}`) }))}
            />
            <Rule />
            <Choice
              label={t('language.label')}
              value={locale}
              onChange={setLocale}
              options={locales.map((each) => ({ value: each, label: <span lang={each}>{t(`language.${each}`)}</span> }))}
            />
            {session.state === 'signed-in' && (
              <>
                <Rule />
                <DropdownMenu.Item className={item} onSelect={() => signOut()}>
                  <LogOut aria-hidden />
                  {t('signin.out')}
                </DropdownMenu.Item>
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}

function Rule() {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-line" />;
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: { value: Value; label: ReactNode }[];
}

function Choice<Value extends string>({ label, value, onChange, options }: ChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value}>
      <DropdownMenu.Label className="px-2.5 pt-1 pb-1 text-xs font-medium text-ink-3">{label}</DropdownMenu.Label>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} onSelect={() => onChange(option.value)} className={item}>
          <span className="grid size-4 place-items-center rounded-full border border-line-strong">
            <DropdownMenu.ItemIndicator className="size-2 rounded-full bg-accent" />
          </span>
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
