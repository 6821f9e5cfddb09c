'use client';

import type { ReactNode } from 'react';
import { useT } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { cn } from '@/components/ui/cn';
import { ToneIcon } from '@/components/ui/tone';

/** The way from a recipe to a cluster, in three pictures. */
export function HowItGoes() {
  const t = useT();
  return (
    <section aria-labelledby="how">
      <h2 id="how" className="mb-5 text-xl font-semibold tracking-tight">
        {t('landing.how')}
      </h2>
      <ol className="grid gap-4 md:grid-cols-3">
        <Step title={t('landing.pick')} text={t('landing.pickText')}>
          <div className="flex gap-2.5">
            {['slurm', 'kubernetes', 'jupyterhub', 'oscar'].map((id) => (
              <RecipeIcon key={id} id={id} icon={id} className="size-12 first:ring-2 first:ring-accent" />
            ))}
          </div>
        </Step>
        <Step title={t('landing.plan')} text={t('landing.planText')}>
          <div className="space-y-3">
            {[
              ['w-[35%]', 'w-[25%]'],
              ['w-1/2', 'w-[15%]'],
              ['w-[20%]', 'w-[45%]'],
            ].map(([used, adds]) => (
              <div key={used} className="flex h-2.5 gap-px overflow-hidden rounded-full bg-hover">
                <span className={cn('bg-line-strong', used)} />
                <span className={cn('bg-accent', adds)} />
              </div>
            ))}
          </div>
        </Step>
        <Step title={t('landing.watch')} text={t('landing.watchText')}>
          <div className="space-y-2.5">
            {(
              [
                ['ok', 'w-2/3'],
                ['ok', 'w-1/2'],
                ['busy', 'w-3/5'],
              ] as const
            ).map(([tone, width]) => (
              <div key={width} className="flex items-center gap-2.5">
                <ToneIcon tone={tone} className="motion-reduce:animate-none" />
                <span className={cn('h-2 rounded-full bg-hover', width)} />
              </div>
            ))}
          </div>
        </Step>
      </ol>
    </section>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="rounded-card border border-line bg-surface shadow-card">
      <div aria-hidden className="flex h-28 flex-col justify-center border-b border-line px-6">
        {children}
      </div>
      <div className="p-5">
        <h3 className="font-semibold text-ink">{title}</h3>
        <p className="mt-1 text-sm text-ink-2">{text}</p>
      </div>
    </li>
  );
}
