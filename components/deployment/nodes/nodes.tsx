'use client';

import { useQuery } from '@tanstack/react-query';
import { LeaseEnd } from '@/components/deployments/lease-end-later';
import { deploymentQueries } from '@/components/deployments/queries';
import { toneOfNode } from '@/components/deployments/states';
import { useLanguage } from '@/components/messages/provider';
import { Card, Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { CopyButton } from '@/components/ui/copy';
import { Loaded } from '@/components/ui/loaded';
import { ProblemCard } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Ago } from '@/components/ui/time';
import { Status, ToneIcon } from '@/components/ui/tone';
import type { DeploymentView, NodeView } from '@/lib/api/contract/deployments';
import { NodeActions } from './node-actions';
import { NodeLog } from './node-log';
import { SilentMachine } from './silent-machine';
import { Steps } from './steps-list';

/** The machines, each with its addresses, state, steps and what it prints. */
export function Nodes({ view }: { view: DeploymentView }) {
  const { t } = useLanguage();
  const url = useUrlState();
  const query = useQuery(deploymentQueries.nodes(view.id));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={8} />}>
      {(nodes) => {
        const chosen = nodes.find((node) => node.key === url.get('node')) ?? nodes.find((node) => node.state === 'failed') ?? nodes[0];
        if (!chosen) return <p className="text-sm text-ink-2">{t('nodes.none')}</p>;
        return (
          <div className="grid items-start gap-5 lg:grid-cols-[19rem_minmax(0,1fr)]">
            <Card className="max-h-[70dvh] overflow-y-auto">
              <ul aria-label={t('deployment.nodes')} className="divide-y divide-line">
                {nodes.map((node) => (
                  <NodeItem key={node.key} node={node} chosen={node === chosen} onChoose={() => url.set({ node: node.key })} />
                ))}
              </ul>
            </Card>
            <NodeDetail view={view} node={chosen} />
          </div>
        );
      }}
    </Loaded>
  );
}

function NodeItem({ node, chosen, onChoose }: { node: NodeView; chosen: boolean; onChoose: () => void }) {
  const { t } = useLanguage();
  const done = node.steps.filter((step) => step.state === 'done').length;
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={cn(
          'flex w-full items-start gap-3 px-4 py-3 text-left text-sm -outline-offset-2 hover:bg-hover',
          chosen && 'bg-accent-soft hover:bg-accent-soft',
        )}
      >
        <ToneIcon tone={toneOfNode(node.state)} className="mt-0.5" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-ink">{node.hostname}</span>
          <span className="block text-xs text-ink-2">
            {t(`nodeState.${node.state}`)}
            {node.drainedAt && ` · ${t('nodes.drained')}`}
            {node.state === 'configuring' && ` · ${t('deployment.doneOf', { done, total: node.steps.length })}`}
          </span>
        </span>
        <span className="font-mono text-xs text-ink-3">{node.publicAddress ?? node.privateAddress}</span>
      </button>
    </li>
  );
}

/** Whether a node stands on a lease: its group was put on one. */
function isOnLease({ placement }: DeploymentView, { group }: NodeView): boolean {
  const place = placement[group];
  return place?.lease !== undefined || place?.newLease !== undefined;
}

const machineFacts = ['os', 'kernel', 'cpus', 'memoryMiB', 'diskGiB', 'architecture', 'virtualization'] as const;

function NodeDetail({ view, node }: { view: DeploymentView; node: NodeView }) {
  const { t, format } = useLanguage();
  const addresses = [
    [t('nodes.public'), node.publicAddress],
    [t('nodes.private'), node.privateAddress],
    ...node.otherAddresses.map((address) => [t('nodes.other'), address] as const),
  ] as const;
  return (
    <div className="min-w-0 space-y-5">
      {node.problem && <ProblemCard problem={node.problem} />}
      <SilentMachine deployment={view.id} node={node} />
      <Section
        id="node"
        title={node.hostname}
        note={
          <>
            {t('nodes.group', { group: node.group })}
            {isOnLease(view, node) && <LeaseEnd deployment={view} linked className="ml-3" />}
          </>
        }
        aside={
          <span className="flex items-center gap-2">
            {node.drainedAt && (
              <Status tone="warn">
                {t('nodes.drained')} <Ago iso={node.drainedAt} />
              </Status>
            )}
            <Status tone={toneOfNode(node.state)}>{t(`nodeState.${node.state}`)}</Status>
            {view.state !== 'deleted' && <NodeActions key={node.key} view={view} node={node} />}
          </span>
        }
      >
        <div className="grid gap-5 p-5 sm:grid-cols-2">
          <dl className="space-y-2.5 text-sm">
            {addresses.map(([label, address]) => (
              <div key={`${label} ${address}`} className="flex min-h-8 items-center gap-3">
                <dt className="w-36 shrink-0 text-ink-3">{label}</dt>
                <dd className="flex items-center gap-1 font-mono text-xs text-ink">
                  {address ?? '–'}
                  {address && <CopyButton text={address} what={label} />}
                </dd>
              </div>
            ))}
            {node.heardAt && (
              <div className="flex gap-3">
                <dt className="w-36 shrink-0 text-ink-3">{t('nodes.heard')}</dt>
                <dd className="text-ink">
                  <Ago iso={node.heardAt} /> {node.channel && <span className="text-xs text-ink-3">{t(`nodes.${node.channel}`)}</span>}
                </dd>
              </div>
            )}
            {machineFacts.map((name) => {
              const value = node.facts[name];
              return (
                value !== undefined && (
                  <div key={name} className="flex gap-3">
                    <dt className="w-36 shrink-0 text-ink-3">{t(`fact.${name}`)}</dt>
                    <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">
                      {name === 'memoryMiB'
                        ? format.memory(Number(value))
                        : name === 'diskGiB'
                          ? `${format.number(Number(value))} GiB`
                          : String(value)}
                    </dd>
                  </div>
                )
              );
            })}
          </dl>
          <Steps node={node} />
        </div>
      </Section>
      <NodeLog key={node.key} deployment={view.id} node={node} />
    </div>
  );
}
