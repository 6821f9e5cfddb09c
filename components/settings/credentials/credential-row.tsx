'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, RefreshCw, RotateCw } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useLanguage } from '@/components/messages/provider';
import { credentialName } from '@/components/shared/credential-name';
import { credentialStanding } from '@/components/shared/credential-standing';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Ago, useNow } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { Credential } from '@/lib/api/contract/credentials';
import { CredentialChecks } from './credential-checks';
import { credentialFacts } from './credential-words';
import { DeleteCredential } from './delete-credential';

const RenewSecret = dynamic(() => import('./renew-secret').then((module) => module.RenewSecret), {
  loading: () => <SkeletonLines lines={3} />,
});

/** One credential: where it leads, whether it works, until when, what uses it, and what can be done with it. */
export function CredentialRow({ credential }: { credential: Credential }) {
  const { t, said } = useLanguage();
  const now = useNow();
  const site = useQuery(queries.sites()).data?.items.find((each) => each.id === credential.site);
  const path = `/credentials/${encodeURIComponent(credential.id)}`;
  const check = useWrite<Credential>(['credentials', 'sites']);
  const rotate = useWrite(['credentials', 'sites']);
  // of a sign-in nothing is kept: what the try just now found is in its answer
  const tried = check.data && credential.checkedAt === null ? check.data : credential;
  const standing = credentialStanding(
    tried,
    now,
    site?.projects.some((project) => project.credential === credential.id),
  );
  const name = credentialName(t, credential);
  return (
    <li className="px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <p className="font-medium text-ink">
            {name} <span className="font-normal text-ink-2">· {site?.name ?? credential.site}</span>
          </p>
          <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">{credentialFacts(t, credential)}</p>
          <p className="mt-1 text-xs text-ink-3 empty:hidden [&>span+span]:before:mx-1 [&>span+span]:before:content-['·']">
            {tried.checkedAt && (
              <span>
                {t('credential.checked')} <Ago iso={tried.checkedAt} />
              </span>
            )}
            {credential.expiresAt && (
              <span>
                {t('credential.expires')} <Ago iso={credential.expiresAt} />
              </span>
            )}
            {credential.deployments > 0 && <span>{t('credential.usedBy', { count: credential.deployments })}</span>}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <span className="mr-2">
            <Status tone={standing.tone}>{t(`credential.${standing.word}`)}</Status>
          </span>
          <Button
            look="ghost"
            className="px-2"
            title={t('credential.check', { name })}
            busy={check.isPending}
            onClick={() => check.mutate({ method: 'POST', path: `${path}/check` })}
          >
            {!check.isPending && <RefreshCw aria-hidden />}
            <span className="sr-only">{t('credential.check', { name })}</span>
          </Button>
          {credential.kind !== 'oidc' && <DeleteCredential credential={credential} />}
        </div>
      </div>
      {tried.checks && <CredentialChecks checks={tried.checks} />}
      {tried.problem && (
        <p className="mt-2 rounded-lg bg-bad-soft px-3 py-2 text-xs text-ink-2 [overflow-wrap:anywhere]">
          {said(tried.problem.detail)} {said(tried.problem.remedy ?? '')}
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
        <MakeButton credential={credential} possible={site?.methods.includes('applicationCredential') ?? false} />
        {credential.made && (
          <Button
            className="min-h-8 text-xs"
            busy={rotate.isPending}
            onClick={() => rotate.mutate({ method: 'POST', path: `${path}/rotate` })}
          >
            {!rotate.isPending && <RotateCw aria-hidden />}
            {t('credential.rotate')}
          </Button>
        )}
        <RenewButton credential={credential} />
      </div>
      <div className="mt-3 empty:hidden">
        <Refused error={check.error ?? rotate.error} />
      </div>
    </li>
  );
}

// a sign-in that opens the site can have an application credential made there
function MakeButton({ credential, possible }: { credential: Credential; possible: boolean }) {
  const { t } = useLanguage();
  const url = useUrlState();
  if (!possible || (credential.kind !== 'oidc' && credential.kind !== 'device')) return null;
  return (
    <Button className="min-h-8 text-xs" onClick={() => url.set({ make: credential.id })}>
      <KeyRound aria-hidden />
      {t('make.action')}
    </Button>
  );
}

function RenewButton({ credential }: { credential: Credential }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  if (credential.made || credential.kind === 'oidc' || credential.kind === 'device' || 'secretName' in credential.shown) return null;
  return (
    <>
      <Button className="min-h-8 text-xs" onClick={() => setOpen(true)}>
        <RotateCw aria-hidden />
        {t('credential.newSecret')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('credential.newSecret')} note={t('credential.newSecretNote')}>
        <RenewSecret credential={credential} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
