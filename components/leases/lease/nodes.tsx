'use client';

import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Status } from '@/components/ui/tone';
import type { LeaseView } from '@/lib/api/contract/leases';
import { whatWords } from '../what';
import { Grow } from './grow';

/** What a lease holds: its hosts, machines, addresses and networks, and how they are. */
export function Nodes({ lease }: { lease: LeaseView }) {
  const t = useT();
  return (
    <Section id="lease-nodes" title={t('leaseHeld.title')} note={t('leaseHeld.note')}>
      <ul className="divide-y divide-line">
        {lease.reservations.map((reservation) => (
          <li key={reservation.id} className="px-4 py-3.5 text-sm sm:px-5">
            <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="font-medium text-ink">{whatWords(t, [reservation]).join('')}</span>
              <span className="flex flex-wrap items-center gap-x-3 text-xs text-ink-2">
                {reservation.used > 0 && t('leaseHeld.used', { count: reservation.used })}
                {reservation.missing && <Status tone="bad">{t('leaseHeld.missing')}</Status>}
                {reservation.changed && <Status tone="warn">{t('leaseHeld.changed')}</Status>}
              </span>
            </p>
            {reservation.kind === 'physical:host' && reservation.nodes === null && (
              <p className="text-xs text-ink-3">{t('leaseHeld.hidden')}</p>
            )}
            {reservation.addresses && reservation.addresses.length > 0 && (
              <p className="mt-1 font-mono text-xs text-ink-2">{reservation.addresses.join(' · ')}</p>
            )}
            {reservation.nodes && reservation.nodes.length > 0 && (
              <ul className="mt-2 grid gap-2 sm:grid-cols-2">
                {reservation.nodes.map((node) => (
                  <li key={node.uid} className="flex items-center justify-between gap-3 rounded-lg bg-sunken px-3 py-2">
                    <span className="min-w-0">
                      <span className="block truncate font-medium text-ink">{node.name}</span>
                      <span className="block truncate text-xs text-ink-3">
                        {[node.nodeType, node.rack !== null && t('leaseHeld.rack', { rack: node.rack })].filter(Boolean).join(' · ')}
                      </span>
                    </span>
                    {!node.reservable && <Status tone="bad">{t('hardware.out')}</Status>}
                  </li>
                ))}
              </ul>
            )}
            <Grow key={`${reservation.max} ${reservation.count}`} lease={lease} reservation={reservation} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
