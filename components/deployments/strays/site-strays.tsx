'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useLanguage, useT } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Link } from '@/components/ui/link';
import { Ago } from '@/components/ui/time';
import { Status, type Tone } from '@/components/ui/tone';
import type { StrayView } from '@/lib/api/contract/strays';

const tones: Record<StrayView['state'], Tone> = { found: 'warn', ignored: 'idle', going: 'busy', stuck: 'bad', gone: 'ok' };
const mayGo = ({ state }: StrayView) => state === 'found' || state === 'stuck';

/** What was left over at one site, and what can be done about it. */
export function SiteStrays({ name, items }: { name: string; items: StrayView[] }) {
  const t = useT();
  const [asked, ask] = useState<readonly StrayView[]>([]);
  const act = useWrite(['strays', 'deployments']);
  const send = (action: string, chosen: readonly StrayView[]) =>
    act.mutate({ method: 'POST', path: '/strays/actions', body: { action, ids: chosen.map(({ id }) => id) } });
  const all = items.filter(mayGo);
  return (
    <Section
      id={`strays-${items[0]?.site}`}
      title={name}
      note={t('strays.found', { count: all.length })}
      aside={
        all.length > 1 && (
          <Button look="danger" onClick={() => ask(all)}>
            <Trash2 aria-hidden />
            {t('strays.destroyAll', { count: all.length })}
          </Button>
        )
      }
    >
      <ul className="divide-y divide-line">
        {items.map((stray) => (
          <li key={stray.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-5">
            <OneStray stray={stray} />
            <div className="flex flex-wrap gap-2">
              {stray.adoptable && mayGo(stray) && (
                <Button busy={act.isPending} title={t('strays.adoptNote')} onClick={() => send('adopt', [stray])}>
                  {t('strays.adopt')}
                </Button>
              )}
              {mayGo(stray) && (
                <Button look="ghost" busy={act.isPending} onClick={() => send('ignore', [stray])}>
                  {t('strays.ignore')}
                </Button>
              )}
              {stray.state === 'ignored' && (
                <Button look="ghost" busy={act.isPending} onClick={() => send('heed', [stray])}>
                  {t('strays.heed')}
                </Button>
              )}
              {mayGo(stray) && (
                <Button look="danger" onClick={() => ask([stray])}>
                  {t('strays.destroy')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <div className="p-4 empty:hidden">
        <Refused error={act.error} />
      </div>
      {asked.length > 0 && (
        <AskDestroy
          strays={asked}
          onClose={() => ask([])}
          onSure={() => {
            send('destroy', asked);
            ask([]);
          }}
        />
      )}
    </Section>
  );
}

function OneStray({ stray }: { stray: StrayView }) {
  const { t, said } = useLanguage();
  const { kind, name, cloudId, deployment, state, foundAt, problem } = stray;
  return (
    <div className="min-w-0 flex-1 basis-72 space-y-1 [overflow-wrap:anywhere]">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium text-ink">{kindLabel(t, kind)}</span>
        <code className="font-mono text-xs text-ink">{name}</code>
        <Status tone={tones[state]}>{t(`strays.state.${state}`)}</Status>
      </p>
      <p className="text-xs text-ink-2">
        <Link href={`/deployments/${deployment.id}`} className="text-accent hover:underline">
          {t(deployment.deletedAt ? 'strays.ofDeleted' : 'strays.of', { name: deployment.name })}
        </Link>{' '}
        · <Ago iso={foundAt} />
        {cloudId !== name && <code className="block font-mono text-ink-3">{cloudId}</code>}
      </p>
      {problem && (
        <p className="text-ink-2">
          {said(problem.title)}. {said(problem.detail)} {problem.remedy && said(problem.remedy)}
        </p>
      )}
    </div>
  );
}

function AskDestroy({ strays, onClose, onSure }: { strays: readonly StrayView[]; onClose: () => void; onSure: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('strays.destroyTitle', { count: strays.length })}
      note={t('strays.destroyNote')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button look="danger" onClick={onSure}>
            {t('strays.destroy')}
          </Button>
        </>
      }
    >
      <ul className="list-disc space-y-1 pl-5 text-sm text-ink-2 [overflow-wrap:anywhere]">
        {strays.map(({ id, kind, name }) => (
          <li key={id}>
            <span className="text-ink">{kindLabel(t, kind)}</span> · <code className="font-mono text-xs">{name}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
