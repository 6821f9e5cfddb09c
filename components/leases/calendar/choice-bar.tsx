'use client';

import { X } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { ToneIcon } from '@/components/ui/tone';
import { HOUR } from '@/lib/leases/time/units';
import type { Span } from '@/lib/leases/types';
import { formHref } from '../form/form-link';
import { SpanText } from '../span-text';
import { type ChosenWhat, chosenWhat } from './chosen-what';
import type { CalendarRows } from './use-rows';

interface ChoiceBarProps {
  chosen: { span: Span; rows: readonly number[] };
  rows: CalendarRows;
  names: (site: string) => string;
  onClear: () => void;
}

const mostNames = 4;

/** The time and the hosts that are chosen, whether they are free then, and the way to reserve them. */
export function ChoiceBar({ chosen: { span, rows: which }, rows, names, onClear }: ChoiceBarProps) {
  const t = useT();
  const what = chosenWhat(rows, which, span);
  const href = linkOf(what, span);
  const finder = new URLSearchParams({
    hours: String((span.end - span.start) / HOUR),
    ...('kind' in what && { type: what.kind }),
    ...(what.is === 'hosts' && { count: String(what.hosts.length) }),
  });
  return (
    <section
      aria-label={t('choice.title')}
      className="sticky bottom-16 z-20 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-card border border-accent bg-surface px-4 py-3 text-sm shadow-pop sm:bottom-4"
    >
      <SpanText span={span} length />
      <div className="min-w-0 flex-1 basis-56" role="status">
        <What what={what} names={names} />
      </div>
      <div className="flex items-center gap-2">
        <Link href={`/leases?${finder}`} className={buttonClass('ghost')}>
          {t('choice.find')}
        </Link>
        {href ? (
          <Link href={href} className={buttonClass('primary')}>
            {t('choice.reserve')}
          </Link>
        ) : null}
        <Button look="ghost" className="px-2" aria-label={t('choice.clear')} onClick={onClear}>
          <X aria-hidden />
        </Button>
      </div>
    </section>
  );
}

function What({ what, names }: { what: ChosenWhat; names: (site: string) => string }) {
  const t = useT();
  switch (what.is) {
    case 'kind':
      return (
        <Line good={what.free > 0}>
          {t('choice.kind', { kind: what.kind, site: names(what.site), free: what.free, total: what.total })}
        </Line>
      );
    case 'flavor':
      return (
        <Line good={what.free !== 0}>
          {what.free === null
            ? t('choice.flavorUnknown', { flavor: what.flavor.name })
            : t('choice.flavor', { flavor: what.flavor.name, free: what.free })}
        </Line>
      );
    case 'hosts': {
      const named = (what.taken.length > 0 ? what.taken : what.hosts).map(({ name }) => name);
      const list = named.slice(0, mostNames).join(', ') + (named.length > mostNames ? ` + ${named.length - mostNames}` : '');
      return what.taken.length > 0 ? (
        <Line good={false}>{t('choice.taken', { count: what.taken.length, of: what.hosts.length, names: list })}</Line>
      ) : (
        <Line good>{t('choice.free', { count: what.hosts.length, names: list })}</Line>
      );
    }
    case 'unread':
      return <Line good={false}>{t('choice.unread')}</Line>;
    case 'mixed':
      return <Line good={false}>{t('choice.mixed')}</Line>;
    case 'sites':
      return <Line good={false}>{t('choice.sites')}</Line>;
    default:
      return <Line good={false}>{t('choice.nothing')}</Line>;
  }
}

function Line({ good, children }: { good: boolean; children: string }) {
  return (
    <p className="flex items-start gap-2 text-ink-2">
      <ToneIcon tone={good ? 'ok' : 'warn'} className="mt-0.5" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}

/** The form, filled in with what is chosen: hosts that are free, or any of the kind. */
function linkOf(what: ChosenWhat, span: Span): string | null {
  const times = { start: new Date(span.start).toISOString(), end: new Date(span.end).toISOString() };
  if (what.is === 'kind') return formHref({ site: what.site, nodeType: what.kind, count: 1, ...times });
  if (what.is === 'flavor') return formHref({ site: what.site, flavor: what.flavor.name, count: 1, ...times });
  if (what.is !== 'hosts') return null;
  const free = what.hosts.filter((host) => !what.taken.includes(host)).map(({ id }) => id);
  if (free.length === 0) return null;
  return formHref({ site: what.site, nodeType: what.kind, count: free.length, ...times }, free);
}
