'use client';

import { useT } from '@/components/messages/provider';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import type { SiteFactsView } from '@/lib/api/contract/sites';
import type { RecipeGroup } from '@/lib/catalog/types';
import type { ImageIs as Said } from '../draft';
import { fitsImage } from './fitting';

type Image = SiteFactsView['images'][number];

interface ImageIsProps {
  group: RecipeGroup;
  image: Image;
  said: Said | undefined;
  onChange: (said: Said | undefined) => void;
}

/** What an image is, as whoever knows it says: it opens by itself for one that the recipe does not know by what the site says. */
export function ImageIs({ group, image, said, onChange }: ImageIsProps) {
  const t = useT();
  const known = fitsImage(group, image);
  const now: Said = said ?? {
    image: image.id,
    distro: image.distro ?? '',
    version: image.version ?? '',
    architecture: image.architecture ?? '',
    loginUser: image.loginUser,
  };
  const id = (part: string) => `image-is-${group.name}-${part}`;
  const say = (change: Partial<Said>) => onChange({ ...now, ...change });
  const distros = [...new Set([...group.supportedImages.map(({ distro }) => distro), ...(now.distro === '' ? [] : [now.distro])])];
  return (
    <details className="rounded-lg border border-line sm:col-span-2" open={!known || said !== undefined || undefined}>
      <summary className="flex min-h-11 cursor-pointer items-center px-3.5 text-sm font-medium text-ink">{t('imageIs.title')}</summary>
      <div className="grid gap-4 px-3.5 pb-4 sm:grid-cols-2">
        <p className="text-xs text-ink-3 sm:col-span-2">{t(known ? 'imageIs.note' : 'imageIs.unknown')}</p>
        <Field id={id('distro')} label={t('imageIs.distro')}>
          {group.supportedImages.length > 0 ? (
            <Select id={id('distro')} value={now.distro} onChange={(event) => say({ distro: event.target.value })}>
              {now.distro === '' && <option value="">{t('input.choose')}</option>}
              {distros.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          ) : (
            <TextInput
              id={id('distro')}
              autoComplete="off"
              maxLength={30}
              placeholder="ubuntu"
              value={now.distro}
              onChange={(event) => say({ distro: event.target.value.trim().toLowerCase() })}
            />
          )}
        </Field>
        <Field id={id('version')} label={t('imageIs.version')} help={versionsOf(group, now.distro)}>
          <TextInput
            {...describedBy(id('version'), versionsOf(group, now.distro), false)}
            autoComplete="off"
            maxLength={20}
            placeholder="24.04"
            value={now.version}
            onChange={(event) => say({ version: event.target.value.trim() })}
          />
        </Field>
        <Field id={id('architecture')} label={t('imageIs.architecture')}>
          <Select id={id('architecture')} value={now.architecture} onChange={(event) => say({ architecture: event.target.value })}>
            <option value="">{t('imageIs.asTold')}</option>
            {['x86_64', 'aarch64'].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </Field>
        <Field id={id('user')} label={t('imageIs.loginUser')} help={t('imageIs.loginUserHelp')}>
          <TextInput
            {...describedBy(id('user'), true, false)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={32}
            value={now.loginUser}
            onChange={(event) => say({ loginUser: event.target.value.trim() })}
          />
        </Field>
      </div>
    </details>
  );
}

const versionsOf = ({ supportedImages }: RecipeGroup, distro: string): string | undefined =>
  supportedImages
    .filter((each) => each.distro === distro && each.version !== '')
    .map(({ version }) => version)
    .join(', ') || undefined;
