import type { Translate } from '@/components/messages/types';
import type { LeaseSummary } from '@/lib/api/contract/leases';

type Reservation = Pick<LeaseSummary['reservations'][number], 'kind' | 'min' | 'max' | 'count' | 'nodeType' | 'name'>;

/** What a lease holds, in words: a line a reservation. */
export function whatWords(t: Translate, reservations: readonly Reservation[]): string[] {
  return reservations.map(({ kind, min, max, count, nodeType, name }) => {
    switch (kind) {
      case 'physical:host': {
        const number = min !== undefined && max !== undefined && min !== max ? `${min}–${max}` : String(max ?? min ?? 1);
        return nodeType ? `${number} × ${nodeType}` : t('leaseWhat.hosts', { number });
      }
      case 'flavor:instance':
      case 'virtual:instance':
        return t('leaseWhat.machines', { count: count ?? 1 });
      case 'virtual:floatingip':
        return t('leaseWhat.addresses', { count: count ?? 1 });
      case 'network':
        return t('leaseWhat.network', { name: name ?? '' });
      default:
        return kind;
    }
  });
}
