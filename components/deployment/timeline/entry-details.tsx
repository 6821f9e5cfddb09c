'use client';

import { useLanguage } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import { Link } from '@/components/ui/link';
import { ToneIcon } from '@/components/ui/tone';
import type { InnerProblem } from '@/lib/api/contract/common';
import type { DeploymentEvent } from '@/lib/api/contract/history';
import { Steps } from '../nodes/steps-list';
import type { Entry, Span } from './timeline';

/** What lies behind a resource or node of the timeline: its calls or steps, and its id there. */
export function EntryDetails({ id, entry, whole }: { id: string; entry: Entry; whole: Span | undefined }) {
  const { t, said } = useLanguage();
  const { resource, node } = entry;
  const problem = resource?.problem ?? node?.problem;
  return (
    <div className="space-y-2.5 px-4 pt-1 pb-3 text-xs text-ink-2 sm:pr-5 sm:pl-14.5">
      {problem && <p className="font-medium text-bad [overflow-wrap:anywhere]">{said(problem.detail)}</p>}
      {node && <Steps node={node} whole={whole} />}
      {node && (
        <Link
          href={`/deployments/${id}?tab=nodes&node=${encodeURIComponent(node.key)}`}
          className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
        >
          {t('timeline.toLog')}
        </Link>
      )}
      {entry.calls.length > 0 && <Calls calls={entry.calls} />}
      {resource && (
        <p className="[overflow-wrap:anywhere] text-ink-3">
          {kindLabel(t, resource.kind)} <code className="font-mono text-ink-2">{resource.key}</code>
          {resource.cloudId && (
            <>
              {' · id '}
              <code className="font-mono text-ink-2">{resource.cloudId}</code>
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Calls({ calls }: { calls: DeploymentEvent[] }) {
  const { said, format } = useLanguage();
  return (
    <ol className="space-y-1">
      {calls.map((call) => (
        <li key={call.id} className="flex gap-2.5">
          <time dateTime={call.at} title={format.utc(call.at)} className="shrink-0 font-mono text-ink-3">
            {format.clock(call.at)}
          </time>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {call.level !== 'info' && <ToneIcon tone={call.level === 'error' ? 'bad' : 'warn'} className="mr-1 inline size-3.5" />}
            {said(call.message)}
            <RawCall call={call} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What the site was asked, by its id there, or answered, word for word, with the id of the request. */
function RawCall({ call: { data } }: { call: DeploymentEvent }) {
  const { cloudId } = data;
  const upstream = upstreamIn(data.problem);
  if (typeof cloudId === 'string') return <code className="ml-1.5 font-mono text-ink-3">{cloudId}</code>;
  if (!upstream) return null;
  const { service, status, message, requestId } = upstream;
  return (
    <code className="mt-0.5 block font-mono text-ink-3">
      {[service, status && `HTTP ${status}`, requestId].filter(Boolean).join(' · ')}: {message}
    </code>
  );
}

// data of events is as the ledger wrote it
function upstreamIn(problem: unknown): InnerProblem['upstream'] {
  return typeof problem === 'object' && problem !== null && 'upstream' in problem ? (problem as InnerProblem).upstream : undefined;
}
