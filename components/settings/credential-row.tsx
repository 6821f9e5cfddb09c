'use client';

import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Ago, useNow } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { Credential } from '@/lib/api/contract/credentials';
import { ConfirmDelete } from './confirm-delete';
import { credentialStanding } from './credential-standing';
import { Refused } from './refused';
import { useWrite } from './use-write';

/** One credential: where it leads, whether it works, until when, and what uses it. */
export function CredentialRow({ credential }: { credential: Credential }) {
  const { t } = useLanguage();
  const now = useNow();
  const site = useQuery(queries.sites()).data?.items.find((each) => each.id === credential.site);
  const check = useWrite(['credentials', 'sites']);
  const standing = credentialStanding(credential, now);
  const own = credential.kind === 'oidc';
  return (
    <li className="px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="font-medium text-ink">
            {credential.name} <span className="font-normal text-ink-2">· {site?.name ?? credential.site}</span>
          </p>
          <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">
            {t(`kindOfCredential.${credential.kind}`)}
            {Object.entries(credential.shown).map(([name, value]) => ` · ${name} ${value}`)}
            {credential.project && ` · ${t('placement.project', { name: credential.project.name })}`}
          </p>
          <p className="mt-1 text-xs text-ink-3">
            {credential.checkedAt && (
              <>
                {t('credential.checked')} <Ago iso={credential.checkedAt} />
              </>
            )}
            {credential.expiresAt && (
              <>
                {' · '}
                {t('credential.expires')} <Ago iso={credential.expiresAt} />
              </>
            )}
            {credential.deployments > 0 && ` · ${t('credential.usedBy', { count: credential.deployments })}`}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <span className="mr-2">
            <Status tone={standing.tone}>{t(`credential.${standing.word}`)}</Status>
          </span>
          <Button
            look="ghost"
            className="px-2"
            busy={check.isPending}
            onClick={() => check.mutate({ method: 'POST', path: `/credentials/${encodeURIComponent(credential.id)}/check` })}
          >
            {!check.isPending && <RefreshCw aria-hidden />}
            <span className="sr-only">{t('credential.check', { name: credential.name })}</span>
          </Button>
          {!own && (
            <ConfirmDelete
              name={credential.name}
              path={`/credentials/${encodeURIComponent(credential.id)}`}
              keys={['credentials', 'sites']}
            >
              {credential.deployments > 0 ? t('credential.deleteUsed', { count: credential.deployments }) : t('credential.deleteNote')}
            </ConfirmDelete>
          )}
        </div>
      </div>
      {credential.problem && (
        <p className="mt-2 rounded-lg bg-bad-soft px-3 py-2 text-xs text-ink-2 [overflow-wrap:anywhere]">
          {credential.problem.detail} {credential.problem.remedy}
        </p>
      )}
      <div className="mt-3 empty:hidden">
        <Refused error={check.error} />
      </div>
    </li>
  );
}
