'use client';

import { useQuery } from '@tanstack/react-query';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import { Field, TextInput } from '@/components/ui/field';
import type { DeletionView } from '@/lib/api/contract/deletion';
import type { DeploymentView } from '@/lib/api/contract/deployments';

/** Whether volumes that clusters made for claims go too, and the word that says so. */
export interface Claims {
  go: boolean;
  word: string;
}

interface ClusterMadeProps {
  view: DeploymentView;
  /** null: there is no choice, and they stay */
  claims: Claims | null;
  onClaims: (claims: Claims) => void;
}

/** What the clusters of a deployment have made at its sites: what goes with it, and what stays and why. Nothing is drawn where there is nothing to say. */
export function ClusterMade({ view, claims, onClaims }: ClusterMadeProps) {
  const { t, said } = useLanguage();
  const { data } = useQuery(deploymentQueries.deletion(view.id));
  if (!data) return null;
  const volumes = data.made.filter(({ kind }) => kind === 'volume');
  const others = data.made.filter(({ kind }) => kind !== 'volume');
  return (
    <div className="mt-4 space-y-4 text-sm empty:hidden [overflow-wrap:anywhere]">
      {others.length > 0 && (
        <section>
          <h3 className="font-medium text-ink">{t('delete.clusterMade')}</h3>
          <ul className="text-xs text-ink-2">
            {others.map(({ id, kind, name }) => (
              <li key={id}>
                {kindLabel(t, kind)} · {name}
              </li>
            ))}
          </ul>
        </section>
      )}
      {volumes.length > 0 && (
        <section className="space-y-2">
          <h3 className="font-medium text-ink">{t('delete.claims', { count: volumes.length })}</h3>
          <ul className="text-xs text-ink-2">
            {volumes.map(({ id, name, claim, sizeGiB }) => (
              <li key={id}>
                {claim ?? name} · {sizeGiB} GiB
              </li>
            ))}
          </ul>
          {claims && (
            <label className="flex min-h-8 items-center gap-2 text-ink">
              <input
                type="checkbox"
                className="size-4 accent-(--accent)"
                checked={claims.go}
                onChange={(event) => onClaims({ ...claims, go: event.target.checked })}
              />
              {t('delete.claimsGo')}
            </label>
          )}
          {claims?.go ? (
            <Field id="confirm-claims" label={t('change.word', { name: view.name })}>
              <TextInput
                id="confirm-claims"
                autoComplete="off"
                value={claims.word}
                onChange={(event) => onClaims({ ...claims, word: event.target.value })}
              />
            </Field>
          ) : (
            <p className="text-xs text-ink-2">{t('delete.claimsStay')}</p>
          )}
        </section>
      )}
      <Left left={data.left} />
      {data.unread.map(({ site, problem }) => (
        <p key={site} className="text-xs text-ink-2">
          {t('delete.notAsked', { site, why: said(problem.title) })}
        </p>
      ))}
    </div>
  );
}

function Left({ left }: Pick<DeletionView, 'left'>) {
  const { t } = useLanguage();
  if (left.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium text-ink">{t('delete.left')}</h3>
      <ul className="text-xs text-ink-2">
        {left.map(({ id, kind, name, why, at }) => (
          <li key={id}>
            {kindLabel(t, kind)} · {name}: {t(`delete.why.${why}`, { at })}
          </li>
        ))}
      </ul>
    </section>
  );
}
