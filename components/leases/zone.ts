'use client';

import { useLanguage } from '@/components/messages/provider';
import { type Times, timesOf } from './times';

/** How times are written: in the person's language, by the clocks that they chose. */
export function useTimes(): Times {
  const { locale, zone } = useLanguage();
  return timesOf(locale, zone);
}
