'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FileButton } from '@/components/ui/controls/file-button';
import { Field, TextArea, TextInput } from '@/components/ui/field';
import { Page, PageTitle } from '@/components/ui/page';
import { ProblemCard, useProblem } from '@/components/ui/problem';
import type { TrialView } from '@/lib/api/contract/recipes';
import { TrialResult } from './trial-result';

/** A template pasted, uploaded or named, and what the catalogue would make of it. */
export function TrialPage() {
  const t = useT();
  const [text, setText] = useState('');
  const [url, setUrl] = useState('');
  const trial = useWrite<TrialView>([]);
  const send = (body: { text: string } | { url: string }) => trial.mutate({ method: 'POST', path: '/recipes/try', body });
  const take = (content: string) => {
    setText(content);
    send({ text: content });
  };
  return (
    <Page>
      <BackLink href="/recipes">{t('catalogue.title')}</BackLink>
      <PageTitle title={t('trial.title')} note={t('trial.note')} />
      <Card className="space-y-5 p-4 sm:p-5">
        <Field id="trial-text" label={t('trial.text')} help={t('trial.textHelp')}>
          <TextArea
            id="trial-text"
            aria-describedby="trial-text-help"
            rows={14}
            spellCheck={false}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </Field>
        <div className="flex flex-wrap items-start gap-3">
          <Button look="primary" busy={trial.isPending} onClick={() => send({ text })} blocked={text.trim() === '' && t('trial.empty')}>
            {t('trial.try')}
          </Button>
          <FileButton label={t('trial.file')} accept=".yaml,.yml" onFile={(file) => void file.text().then(take)} />
        </div>
        <form
          className="flex flex-wrap items-end gap-3 border-t border-line pt-5"
          onSubmit={(event) => {
            event.preventDefault();
            send({ url: url.trim() });
          }}
        >
          <Field id="trial-url" label={t('trial.url')} help={t('trial.urlHelp')} className="min-w-0 flex-1 basis-72">
            <TextInput
              id="trial-url"
              type="url"
              required
              aria-describedby="trial-url-help"
              placeholder="https://"
              value={url}
              onChange={({ target }) => setUrl(target.value)}
            />
          </Field>
          <Button type="submit" busy={trial.isPending} className="mb-6">
            {t('trial.tryUrl')}
          </Button>
        </form>
      </Card>
      <div aria-live="polite" className="mt-6 space-y-5">
        {trial.error && <Refused error={trial.error} />}
        {trial.data && !trial.isPending && <TrialResult trial={trial.data} />}
      </div>
    </Page>
  );
}

function Refused({ error }: { error: unknown }) {
  return <ProblemCard problem={useProblem(error)} />;
}
