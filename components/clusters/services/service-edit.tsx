'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FileButton } from '@/components/ui/controls/file-button';
import { Field, Select, TextArea } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { useUrlState } from '@/components/ui/state/use-url-state';
import type { List } from '@/lib/api/contract/common';
import type { GivenServiceBody } from '@/lib/api/contract/services';
import { clusterPath, clusterQueries } from '../queries';
import { workQueries } from '../work-queries';
import { demoDraft, demoServices, describedOf, draftOf, emptyService, type ServiceDraft } from './service-draft';
import { ServiceForm } from './service-form';
import { servicePage } from './services-tab';

/** Makes a service, from nothing, a demo program or a file; or changes one (`?of=name`). */
export function ServiceEdit({ cluster }: { cluster: string }) {
  const t = useT();
  const url = useUrlState();
  const router = useRouter();
  const of = url.get('of');
  const back = of === '' ? `/clusters/${cluster}` : servicePage(cluster, of);
  const view = useQuery(clusterQueries.one(cluster));
  useTitle(of === '' ? undefined : t('services.change', { name: of }));
  const done = ({ name }: { name: string }) => router.push(servicePage(cluster, name));
  return (
    <Page>
      <BackLink href={back}>{of === '' ? (view.data?.name ?? t('clusters.one')) : of}</BackLink>
      <PageTitle
        title={of === '' ? t('services.new') : t('services.change', { name: of })}
        note={view.data && t('services.on', { cluster: view.data.name })}
      />
      {of === '' ? (
        <Fresh
          cluster={cluster}
          demos={view.data?.inside === true && view.data.deployment === null}
          onDone={done}
          onCancel={() => router.push(back)}
        />
      ) : (
        <Existing cluster={cluster} name={of} onDone={done} onCancel={() => router.push(back)} />
      )}
    </Page>
  );
}

interface EndProps {
  cluster: string;
  onDone: (service: { name: string }) => void;
  onCancel: () => void;
}

function Existing({ name, ...end }: EndProps & { name: string }) {
  const query = useQuery({ ...workQueries.service(end.cluster, name), refetchOnWindowFocus: false });
  return (
    <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
      {(service) => <ServiceForm {...end} existing start={draftOf(describedOf(service))} />}
    </Loaded>
  );
}

function Fresh({ demos, ...end }: EndProps & { demos: boolean }) {
  const t = useT();
  const url = useUrlState();
  const [start, setStart] = useState<{ draft: ServiceDraft; key: string }>({ draft: emptyService, key: 'empty' });
  const begin = (key: string, draft: ServiceDraft) => setStart({ key: `${key} ${Date.now()}`, draft });
  return (
    <div className="space-y-5">
      {url.get('import') !== '' && <Import cluster={end.cluster} onRead={(draft) => begin('file', draft)} />}
      {demos && (
        <Card className="p-4 sm:p-5">
          <Field id="service-demo" label={t('services.begin')} help={t('services.beginHelp')} className="max-w-md">
            <Select
              id="service-demo"
              defaultValue=""
              onChange={({ target }) => {
                const demo = demoServices.find((each) => each === target.value);
                begin(target.value, demo ? demoDraft(demo) : emptyService);
              }}
            >
              <option value="">{t('services.demo.none')}</option>
              {demoServices.map((each) => (
                <option key={each} value={each}>
                  {t(`services.demo.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
        </Card>
      )}
      <ServiceForm key={start.key} {...end} existing={false} start={start.draft} />
    </div>
  );
}

function Import({ cluster, onRead }: { cluster: string; onRead: (draft: ServiceDraft) => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const [found, setFound] = useState<GivenServiceBody[]>([]);
  const [refused, setRefused] = useState<Error | null>(null);
  const read = async (fdl: string) => {
    setRefused(null);
    try {
      const { items } = await write<List<GivenServiceBody>>('POST', clusterPath(cluster, 'services', 'read'), { body: { fdl } });
      setFound(items);
      if (items[0]) onRead(draftOf(items[0]));
    } catch (error) {
      setRefused(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const take = async (content: string) => {
    setText(content);
    await read(content);
  };
  const choose = (index: string) => {
    const chosen = found[Number(index)];
    if (chosen) onRead(draftOf(chosen));
  };
  return (
    <Card className="space-y-4 p-4 sm:p-5">
      <Field id="service-fdl" label={t('services.fdl')} help={t('services.fdlHelp')}>
        <TextArea
          id="service-fdl"
          aria-describedby="service-fdl-help"
          rows={8}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <Refused error={refused} />
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void read(text)}>{t('services.read')}</Button>
        <FileButton label={t('services.file')} accept=".yaml,.yml" onFile={(file) => void file.text().then(take)} />
        {found.length > 1 && (
          <Select aria-label={t('services.which')} className="max-w-60" onChange={({ target }) => choose(target.value)}>
            {found.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </div>
    </Card>
  );
}
