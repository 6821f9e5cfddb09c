import { useLanguage } from '@/components/messages/provider';
import { ToneIcon } from '@/components/ui/tone';
import type { CredentialCheck } from '@/lib/api/contract/credentials';

const tones = { good: 'ok', bad: 'bad', unknown: 'waiting' } as const;

/** What a try of a credential found, line by line: a tick, or the reason. */
export function CredentialChecks({ checks }: { checks: CredentialCheck[] }) {
  const { t, said } = useLanguage();
  return (
    <ul className="mt-2 space-y-1 text-xs text-ink-2">
      {checks.map(({ what, state, detail }) => (
        <li key={what} className="flex gap-2">
          <ToneIcon tone={tones[state]} className="mt-px size-3.5" />
          <span className="[overflow-wrap:anywhere]">
            <span className="font-medium text-ink">
              {t(`check.${what}`)}
              {state === 'unknown' && ` (${t('check.notKnown')})`}:
            </span>{' '}
            {said(detail)}
          </span>
        </li>
      ))}
    </ul>
  );
}
