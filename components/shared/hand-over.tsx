'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useId, useState } from 'react';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import type { HandedOver } from '@/lib/api/contract/credentials';
import { credentialName } from './credential-name';
import { Refused } from './refused';
import { type Acting, successorsOf } from './successors';

interface HandOverProps {
  acting: Acting;
  /** the deployment that it is about; left out: all that act by the credential */
  deployment?: string;
  onDone: (handed: HandedOver) => void;
}

/** Chooses another credential for what acts by one, has it tried, and lets everything go on by it. */
export function HandOver({ acting, deployment, onDone }: HandOverProps) {
  const t = useT();
  const id = useId();
  const [chosen, setChosen] = useState('');
  const all = useQuery(queries.credentials());
  const swap = useWrite<HandedOver>(['credentials', 'deployments', 'sites'], onDone);
  if (!all.data) return null;
  const others = successorsOf(all.data.items, acting);
  const [first] = others;
  const to = others.some((each) => each.id === chosen) ? chosen : (first?.id ?? '');
  if (!first) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-ink-2">
        <p>{t('handOver.none')}</p>
        <Link href={`/settings/credentials?site=${encodeURIComponent(acting.site)}`} className={buttonClass('secondary', 'min-h-8')}>
          {t('sites.addCredential')}
        </Link>
      </div>
    );
  }
  const path =
    deployment === undefined ? `/credentials/${encodeURIComponent(acting.credential)}` : `/deployments/${encodeURIComponent(deployment)}`;
  const body = deployment === undefined ? { to } : { from: acting.credential, to };
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field id={id} label={t('handOver.by')} className="min-w-48 flex-1">
          <Select id={id} value={to} onChange={(event) => setChosen(event.target.value)}>
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {each.problem ? t('handOver.refused', { name: credentialName(t, each) }) : credentialName(t, each)}
              </option>
            ))}
          </Select>
        </Field>
        <Button look="primary" busy={swap.isPending} onClick={() => swap.mutate({ method: 'POST', path: `${path}/hand-over`, body })}>
          <ArrowRight aria-hidden />
          {t('handOver.do')}
        </Button>
      </div>
      <Refused error={swap.error} />
    </div>
  );
}
