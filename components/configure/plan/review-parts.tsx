'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { PlanView } from '@/lib/api/contract/deployments';
import type { RecipeDetail, RecipeGroup } from '@/lib/catalog/types';
import type { Draft } from '../draft';
import { isLeftOut } from '../placing/left-out';
import { askedInputs, placementSets, rawIn } from '../request';

/** Where every group goes, on what machine, from which image. */
export function PlacementReview({ recipe, view }: { recipe: RecipeDetail; view: PlanView | undefined }) {
  const { t } = useLanguage();
  return (
    <Section id="review-placement" title={t('configure.placement')}>
      {placementSets(recipe).map(({ set, label, groups }, _index, sets) => (
        <div key={set} className="border-b border-line last:border-0">
          {sets.length > 1 && <h3 className="px-5 pt-4 text-sm font-semibold text-ink">{label}</h3>}
          <Placed groups={groups} view={view} />
        </div>
      ))}
    </Section>
  );
}

function Placed({ groups, view }: { groups: RecipeGroup[]; view: PlanView | undefined }) {
  const { t } = useLanguage();
  const { data } = useQuery(queries.sites());
  return (
    <dl className="divide-y divide-line text-sm">
      {groups.map((group) => {
        const place = view?.placement[group.name];
        const nodes = view?.nodes.filter((node) => node.group === group.name).length;
        if (isLeftOut(group, nodes)) return null;
        return (
          <div key={group.name} className="grid gap-1 px-5 py-3 sm:grid-cols-[10rem_1fr]">
            <dt className="font-medium text-ink">
              {group.label} {nodes !== undefined && <span className="font-normal text-ink-3">× {nodes}</span>}
            </dt>
            {/* where it goes is a line longer than that it goes nowhere */}
            <dd className="text-ink-2 max-sm:min-h-10">
              {place
                ? [
                    data?.items.find((site) => site.id === place.site)?.name ?? place.site,
                    place.flavorName ?? place.flavor,
                    place.imageName ?? place.image,
                  ]
                    .filter(Boolean)
                    .join(' · ')
                : t('review.notPlaced')}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What was answered; secrets stay hidden. */
export function AnswersReview({ recipe, draft }: { recipe: RecipeDetail; draft: Draft }) {
  const { t, said } = useLanguage();
  const asked = askedInputs(recipe, draft);
  if (asked.length === 0) return null;
  const text = (input: (typeof asked)[number]) => {
    const raw = rawIn(draft, input);
    if (raw === '' || (Array.isArray(raw) && raw.length === 0)) return input.generated ? t('input.generated') : t('review.empty');
    if (input.secret) return '••••••••';
    if (typeof raw === 'boolean') return raw ? t('common.yes') : t('common.no');
    if (Array.isArray(raw)) return raw.join(', ');
    return input.constraints.some(({ valid_values: choices }) => choices) ? said(raw) : raw;
  };
  return (
    <Section id="review-answers" title={t('configure.inputs')}>
      <dl className="divide-y divide-line text-sm">
        {asked.map((input) => (
          <div key={input.name} className="grid gap-1 px-5 py-2.5 sm:grid-cols-[16rem_1fr]">
            <dt className="text-ink-2">{input.label}</dt>
            <dd className="text-ink [overflow-wrap:anywhere]">{text(input)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
