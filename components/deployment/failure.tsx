'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage, useT } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { ProblemCard } from '@/components/ui/problem';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { failures } from './failures';
import { type Remedy, remediesOf } from './remedies';

const OtherCredential = dynamic(() => import('./other-credential').then((module) => module.OtherCredential), { ssr: false });

/** Each thing that went wrong with a deployment that is amiss: what was tried, what the site said, what it means, and the buttons that mend it. */
export function Failure({ view }: { view: DeploymentView }) {
  const { t, said } = useLanguage();
  const { data: resources } = useQuery(deploymentQueries.resources(view.id));
  const { data: nodes } = useQuery(deploymentQueries.nodes(view.id));
  const [swapping, setSwapping] = useState(false);
  const found = failures(view.problem, resources ?? [], nodes ?? []);
  if (found.length === 0) return null;
  const [only, ...others] = new Set(Object.values(view.placement).map(({ site }) => site));
  return (
    <div className="mb-5 space-y-3">
      {found.slice(0, 3).map(({ problem, subjects, alike, site }) => (
        <ProblemCard
          key={`${problem.code} ${problem.detail}`}
          problem={alike > 0 ? { ...problem, title: t('failure.like', { title: said(problem.title), count: alike }) } : problem}
          action={remediesOf(problem, site ?? (others.length === 0 ? (only ?? null) : null), view).map((remedy) => (
            <RemedyButton key={remedy.kind} remedy={remedy} onSwap={() => setSwapping(true)} />
          ))}
          tried={
            subjects.length > 0 &&
            t('failure.tried', {
              count: subjects.length,
              first: subjects
                .slice(0, 3)
                .map((each) => said(each))
                .join(', '),
            })
          }
        />
      ))}
      {swapping && <OtherCredential view={view} onOpenChange={setSwapping} />}
      {found.length > 3 && <p className="text-sm text-ink-2">{t('failure.more', { count: found.length - 3 })}</p>}
    </div>
  );
}

function RemedyButton({ remedy, onSwap }: { remedy: Remedy; onSwap: () => void }) {
  const t = useT();
  if (remedy.kind === 'swap') {
    return (
      <Button onClick={onSwap}>
        <KeyRound aria-hidden />
        {t('action.otherCredential')}
      </Button>
    );
  }
  return (
    <Link href={remedy.href} className={buttonClass('secondary')}>
      {t(`remedy.${remedy.kind}`)}
    </Link>
  );
}
