'use client';

import { useQuery } from '@tanstack/react-query';
import { Waves } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { demoQueries } from './queries';

/** The way to the guided tour, where it can be taken: there is a sandbox. */
export function DemoButton() {
  const t = useT();
  const { data } = useQuery(demoQueries.state());
  if (!data?.available) return null;
  return (
    <Link href="/demo" className={buttonClass()}>
      <Waves aria-hidden />
      {t(data.stands ? 'demo.goOn' : 'demo.watch')}
    </Link>
  );
}
