import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import { ApiProvider } from '@/components/api/provider';
import { queries } from '@/components/api/queries';
import { MessagesProvider } from '@/components/messages/provider';
import { readPreferences } from '@/components/messages/server';
import { ViewerProvider } from '@/components/shared/viewer-provider';
import { FootNav } from '@/components/shell/foot-nav';
import { Header } from '@/components/shell/header';
import { ReachNotice } from '@/components/shell/reach-notice';
import { StyleNonce } from '@/components/shell/style-nonce';
import { prefetch } from './prefetch';
import { recipeTexts } from './recipe-texts';
import './globals.css';

const text = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  variable: '--font-text',
  weight: '100 900',
  display: 'swap',
});
const code = localFont({
  src: '../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
  variable: '--font-code',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
});

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await readPreferences();
  return { title: { default: 'Transat', template: '%s · Transat' }, description: t('landing.lead') };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7fafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0b141b' },
  ],
};

/** The frame of every page: language, theme, the bars, and the data of the API. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, catalogue, theme, t }, { state, statuses }] = await Promise.all([
    readPreferences(),
    prefetch([
      { queryKey: queries.me().queryKey, path: '/me' },
      { queryKey: queries.sites().queryKey, path: '/sites', query: { limit: 200, wait: 0 }, provisional: true },
    ]),
  ]);
  const recipes = await recipeTexts(locale);
  return (
    <html lang={locale} data-theme={theme} className={`${text.variable} ${code.variable}`} suppressHydrationWarning>
      <body className="font-sans antialiased">
        <a
          href="#content"
          className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-sm font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
        >
          {t('nav.skip')}
        </a>
        <StyleNonce />
        <MessagesProvider locale={locale} catalogue={catalogue} recipes={recipes} drawnAt={Date.now()}>
          <ApiProvider>
            <HydrationBoundary state={state}>
              <ViewerProvider signedOut={statuses[0] === 401}>
                <Header />
                <ReachNotice />
                <main id="content" tabIndex={-1} className="min-h-[calc(100dvh-3.5rem)] pb-20 outline-none sm:pb-8">
                  {children}
                </main>
                <FootNav />
              </ViewerProvider>
            </HydrationBoundary>
          </ApiProvider>
        </MessagesProvider>
      </body>
    </html>
  );
}
