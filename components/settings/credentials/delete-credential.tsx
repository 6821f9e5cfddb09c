'use client';

import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { credentialName } from '@/components/shared/credential-name';
import { HandOver } from '@/components/shared/hand-over';
import { Link } from '@/components/ui/link';
import type { Credential } from '@/lib/api/contract/credentials';

/** Deletes a credential, after naming what depends on it and saying what becomes of it at the site. */
export function DeleteCredential({ credential }: { credential: Credential }) {
  const t = useT();
  const { id, site, project, made, kind, deployments, usedBy, leases } = credential;
  const used = deployments > 0 || leases.length > 0;
  const path = `/credentials/${encodeURIComponent(credential.id)}?inUse=${used}`;
  return (
    <ConfirmDelete
      name={credentialName(t, credential)}
      path={path}
      keys={['credentials', 'sites']}
      action={used ? t('credential.deleteAnyway') : undefined}
      instead={made ? { action: t('credential.forgetHere'), path: `${path}&keepAtSite=true` } : undefined}
    >
      {leases.length > 0 && (
        <>
          <p>{t('credential.deleteLeases', { count: leases.length })}</p>
          <ul className="list-disc space-y-1 pl-5">
            {leases.map((lease) => (
              <li key={lease.id}>
                <Link href={`/leases/${lease.id}`} className="font-medium text-accent underline underline-offset-2">
                  {lease.name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {deployments > 0 && (
        <>
          <p>{t('credential.deleteUsed', { count: deployments })}</p>
          <ul className="list-disc space-y-1 pl-5">
            {usedBy.map((deployment) => (
              <li key={deployment.id}>
                <Link href={`/deployments/${deployment.id}`} className="font-medium text-accent underline underline-offset-2">
                  {deployment.name}
                </Link>
              </li>
            ))}
          </ul>
          {project && <HandOver acting={{ site, project: project.id, credential: id }} onDone={() => undefined} />}
        </>
      )}
      <p>{t(made ? 'credential.deleteMade' : kind === 'device' ? 'credential.deleteDevice' : 'credential.deleteNote')}</p>
    </ConfirmDelete>
  );
}
