'use client';

import { useT } from '@/components/messages/provider';
import { Button, buttonClass } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Link } from '@/components/ui/link';
import { signOut } from './sign-out';
import type { workingBySignIn } from './working';

/** Says which deployments stop when one signs out, and offers a credential that outlives the sign-in. */
export function SignOutWarning({ working, onClose }: { working: ReturnType<typeof workingBySignIn>; onClose: () => void }) {
  const t = useT();
  const by = working[0]?.credential ?? '';
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('leaving.title', { count: working.length })}
      footer={
        <>
          <Link href={`/settings/credentials?make=${encodeURIComponent(by)}`} onClick={onClose} className={buttonClass('primary')}>
            {t('make.action')}
          </Link>
          <Button look="danger" onClick={signOut}>
            {t('leaving.anyway')}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm text-ink-2">
        <p>{t('leaving.text', { count: working.length })}</p>
        <ul className="list-disc space-y-1 pl-5 font-medium text-ink">
          {working.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
        <p>{t('leaving.instead', { count: working.length })}</p>
      </div>
    </Dialog>
  );
}
