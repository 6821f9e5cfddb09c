import { useT } from '@/components/messages/provider';
import { Notice } from '@/components/ui/tone';
import type { SignInRefusal } from '@/lib/auth/types';

/** Why the last sign-in was refused: what it means, what the provider said, and what the operator must set. */
export function Refusal({ refusal: { reason, provider, said, namespaces = [] } }: { refusal: SignInRefusal }) {
  const t = useT();
  return (
    <Notice tone="warn">
      <p>{t(`signin.refused.${reason}`, { provider })}</p>
      {said && <p className="mt-1.5 text-ink-2 [overflow-wrap:anywhere]">{t('signin.refused.said', { words: said })}</p>}
      {reason === 'group' && namespaces.length > 0 && (
        <p className="mt-1.5 text-ink-2 [overflow-wrap:anywhere]">
          {t('signin.refused.namespaces', { provider, namespaces: namespaces.join(', ') })}
        </p>
      )}
    </Notice>
  );
}
