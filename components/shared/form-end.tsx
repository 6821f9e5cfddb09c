'use client';

import { useEffect, useRef } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Refused } from './refused';

interface FormEndProps {
  /** why it was refused at the last try */
  error: Error | null;
  busy: boolean;
  /** what the button does */
  action: string;
  onCancel: () => void;
}

/** The end of a form in a window: why it was refused, brought into sight, and its buttons, which stay in sight however long the form is. */
export function FormEnd({ error, busy, action, onCancel }: FormEndProps) {
  const t = useT();
  const refused = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) refused.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  return (
    <>
      <div ref={refused} className="scroll-mb-20 empty:hidden">
        <Refused error={error} />
      </div>
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex justify-end gap-2 border-t border-line bg-surface px-5 py-3">
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button look="primary" type="submit" busy={busy}>
          {action}
        </Button>
      </div>
    </>
  );
}
