'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { ImageChoice } from '@/components/configure/placing/image-choice';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { RecipeDetail, RecipeGroup } from '@/lib/catalog/types';
import type { ChangeDraft } from './change-draft';

interface ImagesProps {
  view: DeploymentView;
  recipe: RecipeDetail;
  chosen: ChangeDraft['images'];
  /** what is wrong, by field */
  said: ReadonlyMap<string, string>;
  onChange: (images: ChangeDraft['images']) => void;
}

/** Which image the machines of each group boot: as they are, or another, with which they are made anew. */
export function Images({ view, recipe, chosen, said, onChange }: ImagesProps) {
  const t = useT();
  return (
    <Section id="images" title={t('change.images')} note={t('change.imagesNote')}>
      <div className="grid gap-5 p-4 sm:p-5">
        {recipe.groups
          .filter(({ name }) => view.placement[name])
          .map((group) => (
            <GroupImage
              key={group.name}
              view={view}
              group={group}
              chosen={chosen[group.name]}
              error={said.get(`images.${group.name}`)}
              onChange={(image) => onChange({ ...chosen, [group.name]: image })}
            />
          ))}
      </div>
    </Section>
  );
}

interface GroupImageProps {
  view: DeploymentView;
  group: RecipeGroup;
  chosen: ChangeDraft['images'][string] | undefined;
  error: string | undefined;
  onChange: (image: ChangeDraft['images'][string]) => void;
}

function GroupImage({ view, group, chosen, error, onChange }: GroupImageProps) {
  const t = useT();
  const place = view.placement[group.name];
  const facts = useQuery({ ...queries.facts(place?.site ?? '', place?.project), enabled: place !== undefined }).data;
  if (!facts) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium text-ink">{group.label}</legend>
      <div className="grid gap-4">
        <ImageChoice
          id={`images-${group.name}`}
          group={group}
          facts={facts}
          image={chosen?.image ?? ''}
          machine={chosen}
          blank={t('change.imageStays')}
          stays
          error={error}
          onChange={(choice) => onChange(choice.image === undefined ? { ...chosen, ...choice } : choice)}
        />
      </div>
    </fieldset>
  );
}
