'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { themes } from '@/components/messages/preferences';
import { useLanguage } from '@/components/messages/provider';
import { locales } from '@/components/messages/types';
import { usePreferences } from '@/components/messages/use-preferences';
import { Section } from '@/components/ui/card';

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

/** Theme and language of this browser. */
export function Appearance() {
  const { t, locale } = useLanguage();
  const { theme, setTheme, setLocale } = usePreferences();
  return (
    <Section id="appearance" title={t('settings.appearance')} note={t('appearance.note')}>
      <div className="space-y-6 p-5">
        <Choices legend={t('theme.label')}>
          {themes.map((each) => {
            const Icon = icons[each];
            return (
              <Choice key={each} name="theme" checked={theme === each} onChange={() => setTheme(each)}>
                <Icon aria-hidden className="size-4 text-ink-2" />
                {t(`theme.${each}`)}
              </Choice>
            );
          })}
        </Choices>
        <Choices legend={t('language.label')}>
          {locales.map((each) => (
            <Choice key={each} name="language" checked={locale === each} onChange={() => setLocale(each)}>
              <span lang={each}>{t(`language.${each}`)}</span>
            </Choice>
          ))}
        </Choices>
      </div>
    </Section>
  );
}

function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium text-ink">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-3">{children}</div>
    </fieldset>
  );
}

function Choice({ name, checked, onChange, children }: { name: string; checked: boolean; onChange: () => void; children: ReactNode }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-lg border border-line px-3.5 text-sm text-ink has-checked:border-accent has-checked:bg-accent-soft">
      <input type="radio" name={name} checked={checked} onChange={onChange} className="size-4 accent-(--accent)" />
      {children}
    </label>
  );
}
