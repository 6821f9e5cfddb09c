'use client';

import { useLanguage, useSaid } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import { useAddOnNames } from '@/components/shared/recipes/use-add-on-names';
import { cn } from '@/components/ui/cn';
import { ToneIcon } from '@/components/ui/tone';
import type { ChangePreview } from '@/lib/api/contract/deployment-changes';
import type { RecipeDetail } from '@/lib/catalog/types';

const tones = { none: 'ok', reload: 'ok', rolling: 'busy', recreate: 'warn', 'data-lost': 'bad' } as const;
/** what a change adds to or takes from the quota */
const amounts = ['nodes', 'vcpus', 'ramMiB', 'volumes', 'volumeGiB', 'floatingIps'] as const;

/** What a change would do: its effect, what comes and goes, what runs again, what it takes and how long. */
export function Difference({ preview, recipe }: { preview: ChangePreview; recipe: RecipeDetail }) {
  const { t, said, format } = useLanguage();
  const { added, removed, changed, nodes, effect, effects, addOns, rules, before, after, problems } = preview;
  const addOn = useAddOnNames();
  const addOnNames = (ids: string[]) => ids.map(addOn).join(', ');
  const names = (all: { hostname: string }[]) => all.map(({ hostname }) => hostname).join(', ');
  const moved = amounts.filter((name) => before[name] !== after[name]);
  const reason = ({ because, what }: ChangePreview['effects'][number]): string => {
    if (what === 'add-on') return addOn(because);
    if (what === 'image') return t('versions.image', { group: recipe.groups.find(({ name }) => name === because)?.label ?? because });
    if (what === 'input') return recipe.inputs.find(({ name }) => name === because)?.label ?? because;
    return said(because);
  };
  const why = effects.filter((each) => each.effect === effect && effect !== 'none').map((each) => reason(each));
  return (
    <div className="divide-y divide-line text-sm">
      <div className="flex gap-2 px-5 py-4">
        <ToneIcon tone={tones[effect]} className="mt-0.5" />
        <div className="min-w-0">
          <p className="font-medium text-ink">{t(`change.effect.${effect}`)}</p>
          {why.length > 0 && <p className="text-xs text-ink-2">{t('change.because', { what: [...new Set(why)].join(', ') })}</p>}
          {preview.inTurn && <p className="text-xs text-ink-2">{t('change.inTurn')}</p>}
        </div>
      </div>
      {problems.length > 0 && (
        <ul className="space-y-2 px-5 py-4" aria-label={t('plan.problems')}>
          {problems.map(({ severity, title, detail, remedy, field }) => (
            <li key={`${field} ${detail}`} className="flex gap-2">
              <ToneIcon tone={severity === 'error' ? 'bad' : 'warn'} className="mt-0.5" />
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <p className="font-medium text-ink">{said(title)}</p>
                {detail !== title && <p className="text-xs text-ink-2">{said(detail)}</p>}
                {remedy && <p className="text-xs text-ink-2">{said(remedy)}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
      <dl className="space-y-3 px-5 py-4">
        {addOns.added.length > 0 && <Line label={t('change.addOnComes')} text={addOnNames(addOns.added)} sign="+" tone="text-ok" />}
        {addOns.removed.length > 0 && <Line label={t('change.addOnGoes')} text={addOnNames(addOns.removed)} sign="−" tone="text-bad" />}
        {addOns.left.length > 0 && <Line label={t('change.left')} text={addOns.left.map((step) => said(step)).join(' · ')} sign="!" />}
        {added.length > 0 && <Line label={t('change.comes')} text={names(added)} sign="+" tone="text-ok" />}
        {removed.length > 0 && <Line label={t('change.goes')} text={names(removed)} sign="−" tone="text-bad" />}
        {changed
          .filter((each) => each.kind !== 'server')
          .map(({ key, kind, summary }) => (
            <Line key={key} label={kindLabel(t, kind)} text={said(summary)} sign="~" />
          ))}
        {nodes.map(({ key, hostname, steps, remade, resized, firewall }) => (
          <Line
            key={key}
            label={hostname}
            text={
              remade
                ? t('change.remade')
                : [
                    ...(resized ? [t('change.resized')] : []),
                    ...steps.map((step) => said(step)),
                    ...(firewall ? [t('change.firewall')] : []),
                  ].join(' · ')
            }
            sign="~"
          />
        ))}
        {(['opened', 'closed'] as const).map((way) => (
          <Rules key={way} label={t(`change.${way}`)} rules={rules[way]} sign={way === 'opened' ? '+' : '−'} />
        ))}
        {moved.map((name) => (
          <Line
            key={name}
            label={t(`change.amount.${name}`)}
            text={name === 'ramMiB' ? `${format.memory(before[name])} → ${format.memory(after[name])}` : `${before[name]} → ${after[name]}`}
          />
        ))}
        <Line
          label={t('change.time')}
          text={`${preview.seconds === 0 ? t('change.moment') : format.duration(preview.seconds)}${preview.drains && removed.length > 0 ? ` ${t('change.andWork')}` : ''}`}
        />
      </dl>
    </div>
  );
}

function Rules({ label, rules, sign }: { label: string; rules: ChangePreview['rules']['opened']; sign: string }) {
  const said = useSaid();
  if (rules.length === 0) return null;
  const lines = rules.map(({ protocol, fromPort, toPort, from, why }) => {
    const ports = fromPort === undefined ? '' : ` ${fromPort === toPort ? fromPort : `${fromPort}–${toPort}`}`;
    return `${protocol.toUpperCase()}${ports} ← ${from} (${said(why)})`;
  });
  return <Line label={label} text={lines.join(' · ')} sign={sign} />;
}

function Line({ label, text, sign, tone }: { label: string; text: string; sign?: string; tone?: string }) {
  return (
    <div className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
      <span aria-hidden className={cn('font-mono text-ink-3', tone)}>
        {sign}
      </span>
      <div className="min-w-0">
        <dt className="text-xs text-ink-3">{label}</dt>
        <dd className="text-ink [overflow-wrap:anywhere]">{text}</dd>
      </div>
    </div>
  );
}
