'use client';

import { useT } from '@/components/messages/provider';
import type { Translate } from '@/components/messages/types';
import { Field, Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/tone';
import type { SiteFactsView } from '@/lib/api/contract/sites';
import type { RecipeGroup } from '@/lib/catalog/types';
import type { Draft } from '../draft';
import { fitsImage, isUsual } from './fitting';
import { ImageIs } from './image-is';

type Machine = Pick<Draft['machines'][string], 'image' | 'imageIs' | 'trustedImage'>;

interface ImageChoiceProps {
  id: string;
  group: RecipeGroup;
  facts: SiteFactsView;
  /** id of the image that is shown: chosen, or what is taken where nobody chooses */
  image: string;
  /** what is chosen so far */
  machine: Machine | undefined;
  /** what stands for no image of the site */
  blank: string;
  /** that can be chosen again */
  stays?: boolean;
  error?: string;
  onChange: (choice: Machine) => void;
}

/** The image of a group among what its site has; what it is, where that is not known, and whether a stranger's is trusted. */
export function ImageChoice({ id, group, facts, image, machine, blank, stays = false, error, onChange }: ImageChoiceProps) {
  const t = useT();
  const images = facts.images.filter((each) => fitsImage(group, each));
  const others = facts.images.filter((each) => !images.includes(each) && isUsual(each.architecture));
  const picked = facts.images.find((each) => each.id === image && machine?.image === image);
  const stranger = facts.images.find((each) => each.id === image && each.from === 'shared');
  return (
    <>
      <Field id={id} label={t('placement.imageLabel')} error={error}>
        <Select id={id} value={image} onChange={(event) => onChange({ image: event.target.value })}>
          {(stays || !facts.images.some((each) => each.id === image)) && <option value={stays ? '' : image}>{blank}</option>}
          <optgroup label={t('placement.supported')}>
            {images.map((each) => (
              <option key={each.id} value={each.id}>
                {imageName(t, each)}
              </option>
            ))}
          </optgroup>
          {others.length > 0 && (
            <optgroup label={t('placement.unsupported')}>
              {others.map((each) => (
                <option key={each.id} value={each.id}>
                  {imageName(t, each)}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      </Field>
      {picked && (
        <ImageIs
          key={picked.id}
          group={group}
          image={picked}
          said={machine?.imageIs?.image === picked.id ? machine.imageIs : undefined}
          onChange={(imageIs) => onChange({ imageIs })}
        />
      )}
      {stranger && (
        <div className="sm:col-span-2">
          <Notice tone="warn" title={t('placement.sharedImage')}>
            <label className="mt-1 flex items-center gap-2">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={machine?.trustedImage === stranger.id}
                onChange={(event) => onChange({ trustedImage: event.target.checked ? stranger.id : undefined })}
              />
              {t('placement.trustImage')}
            </label>
          </Notice>
        </div>
      )}
    </>
  );
}

function imageName(t: Translate, { name, from, snapshot }: SiteFactsView['images'][number]): string {
  if (from === 'shared') return t('placement.imageShared', { name });
  return snapshot ? t('placement.imageSnapshot', { name }) : name;
}
