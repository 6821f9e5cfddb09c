'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { safeReturn } from '@/components/api/retry';
import { useT } from '@/components/messages/provider';
import { Mark } from '@/components/ui/brand';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { Notice } from '@/components/ui/tone';
import type { SignInRefusal } from '@/lib/auth/types';
import { signInQueries } from './queries';
import { Refusal } from './refusal';
import { signInError } from './sign-in-error';

/** Where one chooses how to sign in; what went wrong last time stands there too. */
export function SignIn({ refusal }: { refusal: SignInRefusal | null }) {
  const t = useT();
  const search = useSearchParams();
  const error = search.get('error');
  const providers = useQuery(signInQueries.providers());
  const csrf = useQuery(signInQueries.csrf());
  const back = safeReturn(search.get('returnTo') ?? ownPath(search.get('callbackUrl')));
  return (
    <div className="mx-auto flex max-w-md flex-col px-4 pt-12 sm:pt-24">
      <Mark className="mx-auto mb-5 size-12" />
      <h1 className="text-center text-2xl font-semibold tracking-tight">{t('signin.title')}</h1>
      <p className="mt-1.5 mb-6 text-center text-sm text-ink-2">{t('signin.note')}</p>
      <Card className="space-y-4 p-5">
        {refusal && <Refusal refusal={refusal} />}
        {error && !refusal && <Notice tone="warn">{signInError(error)(t)}</Notice>}
        <Loaded query={providers} skeleton={<Skeleton className="h-11 rounded-lg" />}>
          {(list) =>
            list.length === 0 ? (
              <p className="text-sm text-ink-2">{t('signin.noProviders')}</p>
            ) : (
              <ul className="space-y-2.5">
                {list.map((provider) => (
                  <li key={provider.id}>
                    <form method="post" action={`/api/auth/signin/${encodeURIComponent(provider.id)}`}>
                      <input type="hidden" name="csrfToken" value={csrf.data ?? ''} />
                      <input type="hidden" name="callbackUrl" value={back} />
                      <button type="submit" disabled={!csrf.data} className={buttonClass('primary', 'min-h-11 w-full')}>
                        {t('signin.with', { provider: provider.name })}
                        <ArrowRight aria-hidden />
                      </button>
                    </form>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      <Link
        href="/recipes"
        className="mx-auto mt-6 inline-flex min-h-6 items-center text-sm text-ink-2 underline underline-offset-2 hover:text-ink"
      >
        {t('signin.browse')}
      </Link>
    </div>
  );
}

/** Path of an address that next-auth gives back in full. */
function ownPath(address: string | null): string | null {
  if (!address || !URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
