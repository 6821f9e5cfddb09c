'use client';

import dynamic from 'next/dynamic';
import { useT } from '@/components/messages/provider';
import { BackToForm } from '@/components/shared/back-to-form';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Page, PageTitle } from '@/components/ui/page';
import { SkeletonLines } from '@/components/ui/skeleton';
import { type SettingsSection, sections } from './sections';

const loading = () => <SkeletonLines lines={8} />;
const parts: Record<SettingsSection, React.ComponentType> = {
  credentials: dynamic(() => import('./credentials/credentials').then((module) => module.Credentials), { loading }),
  'ssh-keys': dynamic(() => import('./passes/ssh-keys').then((module) => module.SshKeys), { loading }),
  tokens: dynamic(() => import('./passes/tokens').then((module) => module.Tokens), { loading }),
  sessions: dynamic(() => import('./passes/sessions').then((module) => module.Sessions), { loading }),
  notifications: dynamic(() => import('./telling/notifications').then((module) => module.Notifications), { loading }),
  appearance: dynamic(() => import('./appearance').then((module) => module.Appearance), { loading }),
};

/** What Transat keeps for a person: credentials, keys, tokens, and how it looks. */
export function SettingsPage({ section }: { section: SettingsSection }) {
  const t = useT();
  const Part = parts[section];
  return (
    <Page>
      <BackToForm />
      <PageTitle title={t('nav.settings')} />
      <div className="grid items-start gap-6 md:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label={t('nav.settings')} className="grid grid-cols-2 gap-1 sm:grid-cols-4 md:grid-cols-1">
          {sections.map((each) => (
            <Link
              key={each}
              href={`/settings/${each}`}
              aria-current={each === section ? 'page' : undefined}
              className={cn(
                'rounded-lg px-3 py-2 text-sm font-medium whitespace-nowrap',
                each === section ? 'bg-hover text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
              )}
            >
              {t(`settings.${each}`)}
            </Link>
          ))}
        </nav>
        <div className="min-w-0 space-y-5">
          <Part />
        </div>
      </div>
    </Page>
  );
}
