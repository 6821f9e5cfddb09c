'use client';

import { useT } from '@/components/messages/provider';
import type { MessageKey } from '@/components/messages/types';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/tone';
import type { ServicePlanView } from '@/lib/api/contract/services';

interface ChangeDialogProps {
  /** its cluster's release forgets to tell its storage of a change by others: the same once more mends that */
  deaf: boolean;
  /** null: closed */
  plan: ServicePlanView | null;
  name: string;
  busy: boolean;
  error: Error | null;
  onApply: () => void;
  onClose: () => void;
}

const fields: Record<string, MessageKey> = {
  image: 'serviceForm.image',
  script: 'serviceForm.script',
  cpu: 'serviceForm.cpu',
  memory: 'serviceForm.memory',
  gpu: 'serviceForm.gpu',
  vo: 'serviceForm.vo',
  visibility: 'serviceForm.visibility',
  allowedUsers: 'serviceForm.allowedUsers',
  input: 'serviceForm.input',
  output: 'serviceForm.output',
  variables: 'serviceForm.variables',
  secrets: 'serviceForm.secrets',
  interLinkNode: 'serviceForm.interLinkNode',
  volume: 'serviceForm.volume',
};

/** What making or changing a service will do, line by line, before it is done. */
export function ChangeDialog({ plan, name, deaf, busy, error, onApply, onClose }: ChangeDialogProps) {
  const t = useT();
  const labelOf = (field: string) => (fields[field] ? t(fields[field] as 'serviceForm.image') : field);
  return (
    <Dialog
      open={plan !== null}
      onOpenChange={onClose}
      title={t(`servicePlan.${plan?.change ?? 'none'}`, { name })}
      wide
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {plan && (plan.change !== 'none' || deaf) && (
            <Button look="primary" busy={busy} onClick={onApply}>
              {t(plan.change === 'create' ? 'servicePlan.make' : plan.change === 'none' ? 'servicePlan.again' : 'servicePlan.apply')}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-3 text-sm text-ink-2">
        {plan?.change === 'create' && <p>{t('servicePlan.createNote')}</p>}
        {plan?.change === 'none' && <p>{t('servicePlan.noneNote')}</p>}
        {plan?.change === 'none' && deaf && <p>{t('servicePlan.againNote')}</p>}
        {plan?.change === 'foreign' && (
          <Notice tone="warn" title={t('servicePlan.foreignTitle', { owner: plan.owner ?? '' })}>
            {t('servicePlan.foreignNote')}
          </Notice>
        )}
        {plan && plan.changes.length > 0 && (
          <ul className="divide-y divide-line">
            {plan.changes.map(({ field, from, to }) => (
              <li key={field} className="py-2.5">
                <p className="font-medium text-ink">{labelOf(field)}</p>
                <div className="mt-1 grid gap-1 sm:grid-cols-2">
                  <Side text={from} tone="bad" />
                  <Side text={to} tone="ok" />
                </div>
              </li>
            ))}
          </ul>
        )}
        {busy && <p role="status">{t('servicePlan.takes')}</p>}
        <Refused error={error} />
      </div>
    </Dialog>
  );
}

function Side({ text, tone }: { text: string; tone: 'ok' | 'bad' }) {
  const t = useT();
  return (
    <pre
      className={`max-h-48 overflow-auto rounded-lg px-3 py-2 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere] ${tone === 'ok' ? 'bg-ok-soft' : 'bg-bad-soft'}`}
    >
      <span aria-hidden className="mr-1.5 font-semibold">
        {tone === 'ok' ? '+' : '−'}
      </span>
      <span className="sr-only">{t(tone === 'ok' ? 'servicePlan.after' : 'servicePlan.before')}</span>
      {text || '–'}
    </pre>
  );
}
