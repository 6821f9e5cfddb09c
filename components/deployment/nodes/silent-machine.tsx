'use client';

import { useQuery } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Loaded } from '@/components/ui/loaded';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import type { NodeView } from '@/lib/api/contract/deployments';
import type { ConsoleView } from '@/lib/api/contract/history';
import { MINUTE } from '@/lib/leases/time/units';

/** So long a machine starts without anybody wondering. */
const USUAL_MS = 3 * MINUTE;
const LINES = 40;

/** A machine that starts and says nothing: from the third minute on what it prints on its console, and how long it is still waited for. */
export function SilentMachine({ deployment, node }: { deployment: string; node: NodeView }) {
  const { t, format } = useLanguage();
  const now = useNow(5);
  const { starting } = node;
  const isSilent = starting !== undefined && now - Date.parse(starting.since) >= USUAL_MS;
  const query = useQuery({
    queryKey: ['deployments', deployment, 'console', node.key],
    queryFn: ({ signal }) => get<ConsoleView>(`/deployments/${encodeURIComponent(deployment)}/console`, { node: node.key }, signal),
    enabled: isSilent,
    refetchInterval: 20_000,
  });
  if (!isSilent) return null;
  const left = Math.max(0, (Date.parse(starting.until) - now) / 1000);
  return (
    <Section id="console" title={t('silent.title')} note={t('silent.left', { time: format.duration(left) })}>
      <Loaded query={query} skeleton={<SkeletonLines lines={6} className="p-5" />}>
        {({ text }) =>
          text.trim() === '' ? (
            <p className="p-5 text-sm text-ink-2">{t('silent.nothing')}</p>
          ) : (
            <ScrollBox className="max-h-72 overflow-auto p-4">
              <pre className="font-mono text-xs whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
                {text.trim().split('\n').slice(-LINES).join('\n')}
              </pre>
            </ScrollBox>
          )
        }
      </Loaded>
    </Section>
  );
}
