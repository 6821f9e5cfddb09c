'use client';

import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Notice } from '@/components/ui/tone';

/** A fault while a page was drawn; the frame around it stays. It comes with every page, so it is made of what they have anyway. */
export default function PageFault({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useT();
  return (
    <Page className="pt-12">
      <h1 className="sr-only">{t('problem.page.title')}</h1>
      <div role="alert">
        <Notice tone="bad" title={t('problem.page.title')} action={<Button onClick={reset}>{t('common.tryAgain')}</Button>}>
          <p>{t('problem.page.detail')}</p>
          <p>{t('problem.page.remedy')}</p>
          {error.digest && (
            <p className="mt-1 text-xs">
              {t('problem.requestId')} <code className="font-mono text-ink">{error.digest}</code>
            </p>
          )}
        </Notice>
      </div>
    </Page>
  );
}
