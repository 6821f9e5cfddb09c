'use client';

import { useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { menuItem } from '@/components/ui/controls/menu';
import { signOut } from './sign-out';
import { workingBySignIn } from './working';

const SignOutWarning = dynamic(() => import('./sign-out-warning').then((module) => module.SignOutWarning), { ssr: false });

/** Signs out; where that would stop deployments that are at work, it says so first. */
export function SignOutItem() {
  const t = useT();
  const client = useQueryClient();
  const [working, setWorking] = useState<ReturnType<typeof workingBySignIn>>([]);
  const leave = async () => {
    const credentials = await client.fetchQuery({ ...queries.credentials(), staleTime: 0, retry: false }).catch(() => null);
    const found = workingBySignIn(credentials?.items ?? []);
    if (found.length === 0) signOut();
    else setWorking(found);
  };
  return (
    <>
      <button type="button" role="menuitem" onClick={leave} className={menuItem}>
        <LogOut aria-hidden />
        {t('signin.out')}
      </button>
      {working.length > 0 && <SignOutWarning working={working} onClose={() => setWorking([])} />}
    </>
  );
}
