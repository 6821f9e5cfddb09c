'use client';

import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem, badAnswer, offline } from '@/components/api/client';
import type { SayEngine } from '@/components/messages/engine';
import { problemWords } from '@/components/messages/problem-words';
import { useLanguage } from '@/components/messages/provider';
import { sayRefusal } from '@/components/messages/refusal';
import { sayRemark } from '@/components/messages/remark';
import type { Translate } from '@/components/messages/types';
import type { InnerProblem } from '@/lib/api/contract/common';
import { CopyButton } from './copy';

export type ShownProblem = InnerProblem & { requestId?: string };

/** A problem in the person's words: one of the API by its keys where it has some, else by its sentences; and one from before the API. */
export function useProblem(error: unknown): ShownProblem {
  const { t, format, said } = useLanguage();
  if (!(error instanceof ApiProblem)) {
    return { code: 'internal', title: t('problem.page.title'), detail: t('problem.page.detail'), remedy: t('problem.page.remedy') };
  }
  const { problem } = error;
  if (problem.code === offline) {
    return { code: offline, title: t('problem.offline.title'), detail: t('problem.offline.detail'), remedy: t('problem.offline.remedy') };
  }
  if (problem.code === badAnswer) {
    return {
      code: badAnswer,
      title: t('problem.answer.title'),
      detail: t('problem.answer.detail', { status: String(problem.status), path: problem.detail }),
      remedy: t('problem.answer.remedy'),
    };
  }
  return problem.remarks ? problemWords(problem, t, format, said) : inEngineWords(inWords(t, sayRefusal(t, problem)), said);
}

/** What an answer of the API says of fields, in the person's words; nothing where it names none. */
export function useFaults(error: unknown): readonly { path: string; message: string }[] {
  const { fields } = useProblem(error);
  return fields ?? [];
}

/** What the API says in English of a problem, in the person's language; what the site said itself stays. */
export function inEngineWords<P extends Partial<Pick<ShownProblem, 'title' | 'detail' | 'cause' | 'remedy' | 'fields'>>>(
  problem: P,
  said: SayEngine,
): P {
  const { title, detail, cause, remedy, fields } = problem;
  return {
    ...problem,
    ...(title && { title: said(title) }),
    ...(detail && { detail: said(detail) }),
    ...(cause && { cause: said(cause) }),
    ...(remedy && { remedy: said(remedy) }),
    ...(fields && { fields: fields.map((field) => ({ ...field, message: said(field.message) })) }),
  };
}

// a refusal of what a person gave has its sentence by a key; what is said of the rest of the problem goes with it
function inWords(t: Translate, problem: ApiProblem['problem']): ShownProblem {
  const [field] = problem.fields ?? [];
  const said = field?.remark && sayRemark(t, field.remark);
  if (field?.remark === undefined || said === undefined) return problem;
  const ofFile = field.remark.key.startsWith('file.');
  return {
    ...problem,
    title: t(ofFile ? 'file.refused' : 'sshKey.refused'),
    detail: said,
    remedy: ofFile ? t('file.remedy') : undefined,
    fields: problem.fields?.map((each) => ({ ...each, message: (each.remark && sayRemark(t, each.remark)) ?? each.message })),
  };
}

/** What happened, why, what to do now, and what the site said word for word. */
export function ProblemCard({ problem: given, tried, action }: { problem: ShownProblem; tried?: ReactNode; action?: ReactNode }) {
  const { t, said } = useLanguage();
  const problem = inEngineWords(sayRefusal(t, given), said);
  const fields = problem.fields?.filter(({ message }) => message !== problem.detail) ?? [];
  return (
    <div role="alert" className="rounded-card border border-bad/30 bg-bad-soft p-4 text-sm sm:p-5">
      <div className="flex gap-3">
        <CircleX aria-hidden className="mt-0.5 size-5 shrink-0 text-bad" />
        <div className="min-w-0 flex-1 space-y-3 [overflow-wrap:anywhere]">
          <div>
            <p className="font-semibold text-ink">{problem.title}</p>
            {problem.detail !== problem.title && <p className="mt-0.5 text-ink-2">{problem.detail}</p>}
          </div>
          {tried && <Fact label={t('problem.tried')}>{tried}</Fact>}
          {problem.cause && <Fact label={t('problem.why')}>{problem.cause}</Fact>}
          {problem.remedy && <Fact label={t('problem.do')}>{problem.remedy}</Fact>}
          {fields.length > 0 && (
            <ul className="list-disc space-y-1 pl-5 text-ink-2">
              {fields.map((field) => (
                <li key={field.path}>
                  <code className="font-mono text-xs text-ink">{field.path}</code> {field.message}
                </li>
              ))}
            </ul>
          )}
          {problem.upstream && <Upstream upstream={problem.upstream} />}
          {problem.requestId && (
            <p className="text-xs text-ink-2">
              {t('problem.requestId')} <code className="font-mono text-ink">{problem.requestId}</code>
            </p>
          )}
          {action && <div className="flex flex-wrap gap-2">{action}</div>}
        </div>
      </div>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-xs font-medium text-ink-2">{label}</p>
      <p className="text-ink">{children}</p>
    </div>
  );
}

function Upstream({ upstream }: { upstream: NonNullable<InnerProblem['upstream']> }) {
  const { t, said } = useLanguage();
  // of an answer without words it is told what it was
  const words = said(upstream.message, 'quoted');
  const facts = [upstream.service, upstream.status && `HTTP ${upstream.status}`, upstream.requestId].filter(Boolean).join(' · ');
  return (
    <figure>
      <figcaption className="text-xs font-medium text-ink-2">
        {t('problem.said')} <span className="font-normal">({facts})</span>
      </figcaption>
      <div className="mt-1 flex items-start rounded-lg bg-surface">
        <blockquote className="max-h-40 min-w-0 flex-1 overflow-y-auto px-3 py-2 font-mono text-xs whitespace-pre-wrap text-ink">
          {words}
        </blockquote>
        <CopyButton text={`${facts}\n${words}`} what={t('problem.said')} />
      </div>
    </figure>
  );
}
