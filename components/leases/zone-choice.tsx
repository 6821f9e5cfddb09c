'use client';

import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { chooseZone, ownZone } from '@/components/messages/zone';
import { Select } from '@/components/ui/field';
import { useTimes } from './zone';

/** By which clocks times are shown: the browser's own, UTC, or those of any other place. */
export function ZoneChoice() {
  const t = useT();
  const { zone } = useTimes();
  // some 400 names: only for who opens the list
  const [all, setAll] = useState<readonly string[]>([]);
  const own = ownZone();
  const others =
    all.length > 0 ? all.filter((each) => each !== own && each !== 'UTC') : [zone].filter((each) => each !== own && each !== 'UTC');
  return (
    <Select
      aria-label={t('zone.label')}
      className="w-[calc(50%-0.375rem)] sm:w-auto sm:max-w-60"
      value={zone}
      onFocus={() => setAll(Intl.supportedValuesOf('timeZone'))}
      onPointerEnter={() => setAll(Intl.supportedValuesOf('timeZone'))}
      onChange={(event) => chooseZone(event.target.value)}
    >
      <option value={own}>{t('zone.own', { zone: own })}</option>
      {own !== 'UTC' && <option value="UTC">UTC</option>}
      {others.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </Select>
  );
}
