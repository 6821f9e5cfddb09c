'use client';

import { useMutation } from '@tanstack/react-query';
import { Download, ExternalLink, Eye, EyeOff, LockKeyhole } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { revealOutputs } from '@/components/deployments/queries';
import { useT } from '@/components/messages/provider';
import { needsSignIn } from '@/components/signin/needs-sign-in';
import { Button } from '@/components/ui/button';
import { CodeLine, CopyButton } from '@/components/ui/copy';
import { later } from '@/components/ui/later';
import { useProblem } from '@/components/ui/problem';
import { Moment } from '@/components/ui/time';
import type { OutputView } from '@/lib/api/contract/deployments';
import { webLink } from '@/lib/inputs/link';
import { saveFile } from './save-file';

/** Of a button that is called by what a recipe's author has named: as long as they like, on a screen of any width. */
const named = 'py-1.5 text-start whitespace-normal';

const SignInAgain = later(() => import('@/components/signin/sign-in-again').then((module) => module.SignInAgain));

/** One output, as what it is: a link, a command, a file or a text; a secret shows itself only when asked. */
export function OutputRow({ deployment, output }: { deployment: string; output: OutputView }) {
  const t = useT();
  const [shown, show] = useState<string | null>(null);
  const reveal = useMutation({
    mutationFn: async () => (await revealOutputs(deployment)).items.find((each) => each.name === output.name)?.value ?? null,
    // nothing of a secret stays behind in the cache
    gcTime: 0,
  });
  const value = output.secret ? shown : output.value;
  const isFile = output.kind === 'file';
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3.5 sm:grid-cols-[minmax(9rem,14rem)_minmax(0,1fr)] sm:px-5">
      <div>
        <p className="flex items-center gap-1.5 text-sm font-medium text-ink">
          {output.label}
          {output.secret && <LockKeyhole aria-hidden className="size-3.5 text-ink-3" />}
        </p>
        {output.description && <p className="text-xs text-ink-3">{output.description}</p>}
      </div>
      <div className="min-w-0">
        {isFile ? (
          <FileOutput
            output={output}
            busy={reveal.isPending}
            onSave={() =>
              output.value === null
                ? reveal.mutate(undefined, { onSuccess: (text) => saveFile(output.name, text) })
                : saveFile(output.name, output.value)
            }
          />
        ) : output.secret && value === null ? (
          <Button className={named} busy={reveal.isPending} onClick={() => reveal.mutate(undefined, { onSuccess: show })}>
            <Eye aria-hidden />
            {t('outputs.reveal', { what: output.label })}
          </Button>
        ) : value === null ? (
          <p className="py-1.5 text-sm text-ink-3">{t('outputs.notYet')}</p>
        ) : (
          <Value output={output} value={value}>
            {output.secret && (
              <Button look="ghost" className="min-h-8 px-2" onClick={() => show(null)}>
                <EyeOff aria-hidden />
                <span className="sr-only">{t('outputs.hide', { what: output.label })}</span>
              </Button>
            )}
          </Value>
        )}
        {reveal.isSuccess && reveal.data === null && <p className="mt-1.5 text-xs text-ink-2">{t('outputs.notYet')}</p>}
        {reveal.isError && (
          <div className="mt-2">{needsSignIn(reveal.error) ? <SignInAgain /> : <RevealFailed error={reveal.error} />}</div>
        )}
      </div>
    </li>
  );
}

function Value({ output, value, children }: { output: OutputView; value: string; children: ReactNode }) {
  const link = output.kind === 'url' ? webLink(value) : undefined;
  if (link) {
    return (
      <div className="flex items-center gap-1">
        <a
          href={link}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-w-0 items-center gap-1.5 text-sm font-medium text-accent hover:underline"
        >
          <span className="truncate">{value}</span>
          <ExternalLink aria-hidden className="size-3.5 shrink-0" />
        </a>
        <CopyButton text={value} what={output.label} />
      </div>
    );
  }
  if (output.kind === 'date' && !Number.isNaN(Date.parse(value))) return <Moment iso={value} />;
  if (output.kind === 'command') return <CodeLine text={value} what={output.label} />;
  return (
    <div className="flex items-center gap-1">
      <code className="min-w-0 font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap text-ink">{value}</code>
      <CopyButton text={value} what={output.label} />
      {children}
    </div>
  );
}

function FileOutput({ output, busy, onSave }: { output: OutputView; busy: boolean; onSave: () => void }) {
  const t = useT();
  if (output.value === null && !output.secret) return <p className="py-1.5 text-sm text-ink-3">{t('outputs.notYet')}</p>;
  return (
    <Button className={named} busy={busy} onClick={onSave}>
      <Download aria-hidden />
      {t('outputs.save', { what: output.label })}
    </Button>
  );
}

function RevealFailed({ error }: { error: Error }) {
  const problem = useProblem(error);
  return (
    <p role="alert" className="text-xs text-bad">
      {problem.title}. {problem.remedy}
    </p>
  );
}
