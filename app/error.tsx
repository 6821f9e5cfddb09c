'use client';

import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { ProblemCard, useProblem } from '@/components/ui/problem';

/** A fault while a page was drawn; the frame around it stays. */
export default function PageFault({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useT();
  const problem = useProblem(error);
  return (
    <Page className="pt-12">
      <h1 className="sr-only">{problem.title}</h1>
      <ProblemCard problem={{ ...problem, requestId: error.digest }} action={<Button onClick={reset}>{t('common.tryAgain')}</Button>} />
    </Page>
  );
}
