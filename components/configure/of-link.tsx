'use client';

import { useCallback } from 'react';
import { useT } from '@/components/messages/provider';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Notice } from '@/components/ui/tone';
import type { RecipeDetail } from '@/lib/catalog/types';
import type { EditDraft } from './use-draft';
import { useDraftOfLink } from './use-draft-of-link';
import { useLeaseOfLink } from './use-lease-of-link';
import { useSiteOfLink } from './use-site-of-link';

interface OfLinkProps {
  recipe: RecipeDetail;
  signedIn: boolean;
  edit: EditDraft;
  /** the form as it stands is about to be filled in */
  onFilled: () => void;
  /** whether somebody went to another step since the form was drawn */
  goneOn: () => boolean;
}

/** Fills the form with what the address brings: answers, a deployment to make again, a lease to stand on, a site. Draws nothing but that it can't. */
export function OfLink({ recipe, signedIn, edit, onFilled, goneOn }: OfLinkProps) {
  const t = useT();
  const { get, set } = useUrlState();
  const forgetLease = useCallback(() => set({ lease: null }), [set]);
  useLeaseOfLink(recipe, get('lease'), signedIn, edit, forgetLease);
  const forgetSite = useCallback(() => {
    onFilled();
    set({ site: null });
  }, [set, onFilled]);
  const site = get('site');
  const unknown = useSiteOfLink(recipe, site, edit, forgetSite).missing;
  const { missing } = useDraftOfLink(recipe, signedIn, edit, set, onFilled, goneOn);
  return (
    <>
      {missing && (
        <Notice tone="warn" title={t('configure.fromMissing')}>
          {t('configure.fromMissingNote')}
        </Notice>
      )}
      {unknown && (
        <Notice tone="warn" title={t('configure.siteMissing', { site })}>
          {t('configure.siteMissingNote')}
        </Notice>
      )}
    </>
  );
}
