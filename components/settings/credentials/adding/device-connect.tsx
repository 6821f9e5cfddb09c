'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { get, write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy';
import { later } from '@/components/ui/later';
import { Loaded } from '@/components/ui/loaded';
import { ProblemCard } from '@/components/ui/problem';
import { Skeleton } from '@/components/ui/skeleton';
import { Moment } from '@/components/ui/time';
import { Notice, Status } from '@/components/ui/tone';
import type { DeviceLoginView } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';

const QrCode = later(
  () => import('./qr-code').then((module) => module.QrCode),
  () => <Skeleton className="size-40 rounded-lg" />,
);

/** Connects the person's account of a site's provider: a code, where to enter it, and what came of it. */
export function DeviceConnect({ site, onDone }: { site: SiteView; onDone: () => void }) {
  const [attempt, setAttempt] = useState(0);
  const started = useQuery({
    queryKey: ['device-start', site.id, attempt],
    queryFn: () => write<DeviceLoginView>('POST', '/credentials/device', { body: { site: site.id } }),
    // a code is asked for once, not again whenever the window is looked at
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return (
    <Loaded query={started} skeleton={<Skeleton className="h-60 rounded-lg" />}>
      {(login) => <Underway login={login} onDone={onDone} again={() => setAttempt(attempt + 1)} />}
    </Loaded>
  );
}

function Underway({ login, onDone, again }: { login: DeviceLoginView; onDone: () => void; again: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const { data = login } = useQuery({
    queryKey: ['device-login', login.id],
    queryFn: ({ signal }) => get<DeviceLoginView>(`/credentials/device/${encodeURIComponent(login.id)}`, {}, signal),
    initialData: login,
    refetchInterval: (query) => (query.state.data?.state === 'waiting' ? query.state.data.interval * 1000 : false),
    // the person is in another tab meanwhile
    refetchIntervalInBackground: true,
  });
  const connected = data.state === 'connected';
  useEffect(() => {
    if (connected) for (const key of ['credentials', 'sites']) void client.invalidateQueries({ queryKey: [key] });
  }, [connected, client]);
  return (
    <div className="space-y-5">
      <div aria-live="polite">
        {data.state === 'waiting' && <Status tone="busy">{t('device.waiting')}</Status>}
        {connected && <Notice tone="ok" title={t('device.connected', { provider: data.provider })} />}
        {data.state === 'denied' && <Notice tone="bad" title={t('device.denied')} />}
        {data.state === 'expired' && <Notice tone="warn" title={t('device.expired')} />}
        {data.state === 'failed' && data.problem && <ProblemCard problem={data.problem} />}
      </div>
      {data.state === 'waiting' && <Code login={data} />}
      <div className="flex justify-end gap-2">
        {data.state !== 'waiting' && !connected && <Button onClick={again}>{t('device.again')}</Button>}
        <Button look={connected ? 'primary' : 'secondary'} onClick={onDone}>
          {t(connected ? 'common.close' : 'common.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Code({ login }: { login: DeviceLoginView }) {
  const t = useT();
  const address = login.verificationUriComplete ?? login.verificationUri;
  return (
    <div className="flex flex-col gap-5 sm:flex-row sm:items-start sm:justify-between">
      <ol className="min-w-0 space-y-4 text-sm text-ink-2">
        <li>
          <p className="mb-2">{t('device.open', { provider: login.provider })}</p>
          <a href={address} target="_blank" rel="noreferrer" className={buttonClass('primary')}>
            {t('device.openAction', { provider: login.provider })}
            <ExternalLink aria-hidden />
          </a>
          <p className="mt-1.5 text-xs text-ink-3 [overflow-wrap:anywhere]">{login.verificationUri}</p>
        </li>
        <li>
          <p>{t('device.compare')}</p>
          <p className="mt-1 flex items-center gap-1">
            <strong data-testid="user-code" className="font-mono text-2xl tracking-wider text-ink">
              {login.userCode}
            </strong>
            <CopyButton text={login.userCode} what={t('device.code')} />
          </p>
        </li>
        <li className="text-xs text-ink-3">
          {t('device.holds')} <Moment iso={login.expiresAt} />
        </li>
      </ol>
      <div className="max-sm:hidden">
        <QrCode text={address} label={t('device.qr')} />
      </div>
    </div>
  );
}
