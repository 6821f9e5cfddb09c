'use client';

import type { LucideIcon } from 'lucide-react';
import { useSaid } from '@/components/messages/provider';
import { cn } from '../cn';
import { menuItem } from './menu';

interface ActionItemProps {
  icon: LucideIcon;
  label: string;
  state: { allowed: boolean; reason?: string } | undefined;
  danger?: boolean;
  onSelect: () => void;
}

/** A line of the menu; what can't be done now says why. */
export function ActionItem({ icon: Icon, label, state, danger = false, onSelect }: ActionItemProps) {
  const said = useSaid();
  const allowed = state?.allowed ?? false;
  return (
    <button
      type="button"
      role="menuitem"
      aria-disabled={!allowed || undefined}
      onClick={allowed ? onSelect : undefined}
      className={cn(menuItem, 'items-start py-2', danger && 'text-bad [&_svg]:text-bad', !allowed && 'cursor-not-allowed text-ink-3')}
    >
      <Icon aria-hidden className="mt-0.5" />
      <span>
        {label}
        {!allowed && state?.reason && <span className="block text-xs text-ink-2">{said(state.reason)}</span>}
      </span>
    </button>
  );
}
