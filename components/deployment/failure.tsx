'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, MapPin } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { deploymentQueries } from '@/components/deployments/queries';
import { useT } from '@/components/messages/provider';
import { linkLike } from '@/components/shared/link-like';
import { Button, buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { ProblemCard } from '@/components/ui/problem';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { failures, isOfCredential } from './failures';

const OtherCredential = dynamic(() => import('./other-credential').then((module) => module.OtherCredential), { ssr: false });

/** Each thing that went wrong with a deployment that is amiss: what was tried, what the site said, what it means and what to do. */
export function Failure({ view }: { view: DeploymentView }) {
  const t = useT();
  const { data: resources } = useQuery(deploymentQueries.resources(view.id));
  const { data: nodes } = useQuery(deploymentQueries.nodes(view.id));
  const [swapping, setSwapping] = useState(false);
  const found = failures(view.problem, resources ?? [], nodes ?? []);
  if (found.length === 0) return null;
  return (
    <div className="mb-5 space-y-3">
      {found.slice(0, 3).map(({ problem, subjects }) => (
        <ProblemCard
          key={`${problem.code} ${problem.detail}`}
          problem={problem}
          action={
            isOfCredential(problem) ? (
              <Button onClick={() => setSwapping(true)}>
                <KeyRound aria-hidden />
                {t('action.otherCredential')}
              </Button>
            ) : (
              view.state === 'failed' && (
                <Link href={linkLike(view, true)} className={buttonClass('secondary')}>
                  <MapPin aria-hidden />
                  {t('action.elsewhere')}
                </Link>
              )
            )
          }
          tried={subjects.length > 0 && t('failure.tried', { count: subjects.length, first: subjects.slice(0, 3).join(', ') })}
        />
      ))}
      {swapping && <OtherCredential view={view} onOpenChange={setSwapping} />}
      {found.length > 3 && <p className="text-sm text-ink-2">{t('failure.more', { count: found.length - 3 })}</p>}
    </div>
  );
}
