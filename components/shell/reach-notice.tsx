'use client';

import { WifiOff } from 'lucide-react';
import { useReach } from '@/components/api/reach';
import { useT } from '@/components/messages/provider';

/** Says at once that there is no line, or that Transat does not answer; what is on the screen stays. */
export function ReachNotice() {
  const t = useT();
  const reach = useReach();
  return (
    <div role="status" className="contents">
      {reach !== 'reached' && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-center text-sm text-ink">
          <WifiOff aria-hidden className="size-4 shrink-0 text-warn" />
          {t(reach === 'offline' ? 'reach.offline' : 'reach.down')}
        </p>
      )}
    </div>
  );
}
