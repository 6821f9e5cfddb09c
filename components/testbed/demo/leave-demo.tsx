'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';

/** Leaves the tour, wherever it is: all that it made goes. */
export function LeaveDemo() {
  const t = useT();
  const router = useRouter();
  const client = useQueryClient();
  const leave = useWrite([], () => {
    for (const key of ['demo', 'pairs', 'clusters', 'testbed']) client.removeQueries({ queryKey: [key] });
    router.push('/');
  });
  return (
    <div>
      <Button busy={leave.isPending} onClick={() => leave.mutate({ method: 'DELETE', path: '/demo' })}>
        {t(leave.isPending ? 'demo.leaving' : 'demo.leave')}
      </Button>
      <Refused error={leave.error} />
    </div>
  );
}
