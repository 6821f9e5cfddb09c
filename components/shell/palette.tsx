'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import {
  BookOpen,
  Boxes,
  CalendarDays,
  CalendarPlus,
  KeyRound,
  KeySquare,
  Languages,
  Layers,
  type LucideIcon,
  MapPin,
  Moon,
  Rocket,
  Settings2,
  Terminal,
  Waves,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { get } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import { clusterQueries } from '@/components/clusters/queries';
import { leaseQueries } from '@/components/leases/queries';
import { isOver } from '@/components/leases/states';
import { themes } from '@/components/messages/preferences';
import { useT } from '@/components/messages/provider';
import { locales } from '@/components/messages/types';
import { usePreferences } from '@/components/messages/use-preferences';
import { standingOf } from '@/components/shared/deployment-standing';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { useViewer } from '@/components/shared/use-viewer';
import { useDebounced } from '@/components/ui/state/use-debounced';
import type { List } from '@/lib/api/contract/common';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import { paletteFilter, valued } from './palette-filter';

/** Everything, a few keys away: places, recipes, deployments, sites and actions. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useT();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_240/0.5)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[8dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-2xl border border-line bg-surface shadow-pop"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Search onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Search({ onDone }: { onDone: () => void }) {
  const t = useT();
  const router = useRouter();
  const [text, setText] = useState('');
  const signedIn = useViewer().state === 'signed-in';
  const { setTheme, setLocale } = usePreferences();
  const recipes = useRecipes().data?.items ?? [];
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const q = useDebounced(text.trim(), 150);
  const deployments =
    useQuery({
      queryKey: ['deployments', 'list', 'palette', q],
      queryFn: ({ signal }) => get<List<DeploymentSummary>>('/deployments', { q, limit: 8 }, signal),
      enabled: signedIn,
      placeholderData: (before) => before,
    }).data?.items ?? [];
  const leases = useQuery({ ...leaseQueries.mine(), enabled: signedIn }).data?.items ?? [];
  const clusters = useQuery({ ...clusterQueries.mine(), enabled: signedIn }).data?.items ?? [];
  // what comes later comes in above what was first: as long as nobody has moved, Enter opens what stands first
  const [at, setAt] = useState('');
  const [moved, setMoved] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const found = [text, ...deployments.map(({ id }) => id), leases.length, clusters.length, recipes.length, sites.length].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew whenever what is found changes
  useEffect(() => {
    if (moved) return;
    const frame = requestAnimationFrame(() => setAt(list.current?.querySelector('[cmdk-item]')?.getAttribute('data-value') ?? ''));
    return () => cancelAnimationFrame(frame);
  }, [found, moved]);
  const go = (href: string) => () => {
    onDone();
    router.push(href);
  };
  const run = (act: () => void) => () => {
    onDone();
    act();
  };
  return (
    <Command
      label={t('palette.title')}
      loop
      filter={paletteFilter}
      value={at}
      onValueChange={setAt}
      ref={list}
      onKeyDown={(event) => event.key.startsWith('Arrow') && setMoved(true)}
    >
      <Command.Input
        value={text}
        onValueChange={(next) => {
          setText(next);
          setMoved(false);
        }}
        placeholder={t('palette.placeholder')}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base text-ink outline-none placeholder:text-ink-3"
      />
      <Command.List className="max-h-[55dvh] overflow-y-auto p-2">
        <Command.Empty className="px-3 py-6 text-center text-sm text-ink-2">{t('palette.none')}</Command.Empty>
        <Group heading={t('nav.deployments')}>
          {deployments.map((each) => (
            <Item
              key={each.id}
              value={valued(each.name, each.id)}
              icon={Layers}
              onSelect={go(`/deployments/${each.id}`)}
              note={t(`state.${standingOf(each)}`)}
            >
              {each.name}
            </Item>
          ))}
        </Group>
        <Group heading={t('nav.leases')}>
          {leases
            .filter((each) => !isOver(each))
            .map((each) => (
              <Item
                key={each.id}
                value={valued(`${each.name} ${each.siteName}`, each.id)}
                icon={CalendarDays}
                onSelect={go(`/leases/${each.id}`)}
                note={t(`leaseStatus.${each.status}`)}
              >
                {each.name}
              </Item>
            ))}
        </Group>
        <Group heading={t('nav.clusters')}>
          {clusters.map((each) => (
            <Item
              key={each.id}
              value={valued(`${each.name} ${each.endpoint}`, each.id)}
              icon={Boxes}
              onSelect={go(`/clusters/${each.id}`)}
              note={t(`region.${each.region}`)}
            >
              {each.name}
            </Item>
          ))}
        </Group>
        <Group heading={t('nav.recipes')}>
          {recipes.map((each) => (
            <Item
              key={each.id}
              value={`${each.name} ${each.id} ${each.tags.join(' ')}`}
              icon={each.kind === 'recipe' ? Rocket : BookOpen}
              onSelect={go(each.kind === 'recipe' ? `/deploy/${each.id}` : `/recipes/${each.id}`)}
            >
              {each.kind === 'recipe' ? t('palette.deploy', { recipe: each.name }) : each.name}
            </Item>
          ))}
        </Group>
        <Group heading={t('palette.go')}>
          <Item value={t('nav.recipes')} icon={BookOpen} onSelect={go('/recipes')}>
            {t('nav.recipes')}
          </Item>
          <Item value={t('nav.deployments')} icon={Layers} onSelect={go('/deployments')}>
            {t('nav.deployments')}
          </Item>
          <Item value={t('nav.leases')} icon={CalendarDays} onSelect={go('/leases')}>
            {t('nav.leases')}
          </Item>
          <Item value={t('nav.clusters')} icon={Boxes} onSelect={go('/clusters')}>
            {t('nav.clusters')}
          </Item>
          <Item value={t('nav.testbed')} icon={Waves} onSelect={go('/testbed')}>
            {t('nav.testbed')}
          </Item>
          <Item value={t('nav.sites')} icon={MapPin} onSelect={go('/sites')}>
            {t('nav.sites')}
          </Item>
          <Item value={t('nav.settings')} icon={Settings2} onSelect={go('/settings/credentials')}>
            {t('nav.settings')}
          </Item>
        </Group>
        <Group heading={t('palette.actions')}>
          <Item value={t('palette.findLease')} icon={CalendarDays} onSelect={go('/leases')}>
            {t('palette.findLease')}
          </Item>
          <Item value={t('palette.newLease')} icon={CalendarPlus} onSelect={go('/leases/new')}>
            {t('palette.newLease')}
          </Item>
          <Item value={t('palette.addCredential')} icon={KeyRound} onSelect={go('/settings/credentials?add=1')}>
            {t('palette.addCredential')}
          </Item>
          <Item value={t('palette.addKey')} icon={KeySquare} onSelect={go('/settings/ssh-keys')}>
            {t('palette.addKey')}
          </Item>
          <Item value={t('palette.addToken')} icon={Terminal} onSelect={go('/settings/tokens')}>
            {t('palette.addToken')}
          </Item>
          {themes.map((each) => (
            <Item key={each} value={t('palette.theme', { name: t(`theme.${each}`) })} icon={Moon} onSelect={run(() => setTheme(each))}>
              {t('palette.theme', { name: t(`theme.${each}`) })}
            </Item>
          ))}
          {locales.map((each) => (
            <Item
              key={each}
              value={t('palette.language', { name: t(`language.${each}`) })}
              icon={Languages}
              onSelect={run(() => setLocale(each))}
            >
              {t('palette.language', { name: t(`language.${each}`) })}
            </Item>
          ))}
        </Group>
        <Group heading={t('nav.sites')}>
          {sites.map((each) => (
            <Item
              key={each.id}
              value={`${each.name} ${each.id} ${each.city ?? ''}`}
              icon={MapPin}
              onSelect={go(`/sites/${encodeURIComponent(each.id)}`)}
              note={each.city ?? undefined}
            >
              {each.name}
            </Item>
          ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

function Item({
  value,
  icon: Icon,
  note,
  onSelect,
  children,
}: {
  value: string;
  icon: LucideIcon;
  note?: string;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm text-ink data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <span className="min-w-0 truncate">{children}</span>
      {note && <span className="ml-auto shrink-0 text-xs text-ink-3">{note}</span>}
    </Command.Item>
  );
}
