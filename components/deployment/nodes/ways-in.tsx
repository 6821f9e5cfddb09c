'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage, useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { CodeLine } from '@/components/ui/copy';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { AccessView, DeploymentView } from '@/lib/api/contract/deployments';
import { saveFile } from '../save-file';

/** Ready lines to reach the nodes by SSH, with the host keys that they have. */
export function WaysIn({ view }: { view: DeploymentView }) {
  const t = useT();
  const query = useQuery(deploymentQueries.access(view.id));
  const keys = useQuery(queries.sshKeys());
  if (view.state === 'deleted' || query.data?.nodes.length === 0) return null;
  return (
    <Section id="access" title={t('access.title')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {(access) => <Lines access={access} name={view.name} />}
      </Loaded>
      {keys.data?.items.length === 0 && (
        <p className="flex gap-2 border-t border-line px-5 py-3 text-xs text-ink-2">
          <KeyRound aria-hidden className="size-4 shrink-0" />
          <span>
            {t('access.noKeys')}{' '}
            <Link href="/settings/ssh-keys" className="font-medium text-accent underline underline-offset-2">
              {t('access.addKey')}
            </Link>
          </span>
        </p>
      )}
    </Section>
  );
}

function Lines({ access, name }: { access: AccessView; name: string }) {
  const t = useT();
  const hosts = access.nodes.flatMap((node) => node.knownHosts ?? []).join('\n');
  const shown = access.nodes.slice(0, 4);
  const rest = access.nodes.slice(4);
  return (
    <div className="space-y-3 p-4 sm:p-5">
      {shown.map((node) => (
        <AccessLine key={node.node} node={node} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary className="min-h-6 text-sm font-medium text-accent">{t('access.more', { count: rest.length })}</summary>
          <div className="mt-3 max-h-96 space-y-3 overflow-y-auto">
            {rest.map((node) => (
              <AccessLine key={node.node} node={node} />
            ))}
          </div>
        </details>
      )}
      {hosts && (
        <Button className="min-h-8 text-xs" onClick={() => saveFile(`${name}-known_hosts`, `${hosts}\n`)}>
          {t('access.knownHosts')}
        </Button>
      )}
    </div>
  );
}

function AccessLine({ node }: { node: AccessView['nodes'][number] }) {
  const { t, said } = useLanguage();
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-ink-2">{node.hostname}</p>
      {node.ssh ? (
        <CodeLine text={node.ssh} what={t('access.line', { node: node.hostname })} />
      ) : (
        <p className="text-xs text-ink-3">{node.reason ? said(node.reason) : t('access.notYet')}</p>
      )}
    </div>
  );
}
