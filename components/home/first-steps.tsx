'use client';

import { Check } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import type { SiteView } from '@/lib/api/contract/sites';

/** The first visit: connect a site, pick a recipe, deploy; done or not. */
export function FirstSteps({ sites, deployed }: { sites: SiteView[]; deployed: boolean }) {
  const t = useT();
  const connected = sites.filter((site) => site.access === 'ready').length;
  const steps = [
    {
      title: t('first.connect'),
      text: connected > 0 ? t('first.connected', { count: connected }) : t('first.connectText'),
      done: connected > 0,
      href: '/sites',
      action: t('first.connectAction'),
    },
    { title: t('first.pick'), text: t('first.pickText'), done: deployed, href: '/recipes', action: t('deployments.first') },
    { title: t('first.deploy'), text: t('first.deployText'), done: deployed, href: '/recipes', action: null },
  ];
  const current = steps.findIndex((step) => !step.done);
  return (
    <Section id="first" title={t('first.title')}>
      <ol className="grid divide-y divide-line md:grid-cols-3 md:divide-x md:divide-y-0">
        {steps.map((step, index) => (
          <li key={step.title} className="flex gap-3.5 p-5">
            <span
              className={cn(
                'grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold',
                step.done ? 'bg-ok-soft text-ok' : index === current ? 'bg-accent text-accent-ink' : 'bg-sunken text-ink-2',
              )}
            >
              {step.done ? <Check aria-hidden className="size-4" /> : index + 1}
            </span>
            <div>
              <h3 className="text-sm font-medium text-ink">
                {step.title}
                {step.done && <span className="sr-only"> ({t('tone.ok')})</span>}
              </h3>
              <p className="mt-0.5 text-sm text-ink-2">{step.text}</p>
              {index === current && step.action && (
                <Link href={step.href} className={buttonClass('primary', 'mt-3 min-h-8')}>
                  {step.action}
                </Link>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
