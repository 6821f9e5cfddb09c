import { isPublic, type Needs, needsOf } from '@/lib/catalog/groups';
import type { Flavor, Image } from '@/lib/sites/types';
import { bootsFromVolume, chooseFlavor, chooseImage, flavorShortage, gpuOf, imageSupported, isUsual } from './choose';
import type { Draft, HeldReservation } from './draft';
import { checkLease, heldBy, isLeased } from './lease-checks';
import type { PlacedGroup } from './placement';
import { problem } from './problems';
import type { Placement } from './types';
import { cpuWords, memoryWords } from './words';

/** A placed group with its flavor and image. */
export interface DecidedGroup extends PlacedGroup {
  needs: Needs;
  flavor: Flavor;
  image: Image;
  bareMetal: boolean;
  /** its machines boot with the flavor of a lease's reservation */
  leased: boolean;
  public: boolean;
}

/** Decides flavor and image of each group: those that were asked for, else the smallest that will do and the newest supported. */
export function decideGroups(draft: Draft, placed: PlacedGroup[]): DecidedGroup[] {
  const { template } = draft.input.recipe;
  return placed.flatMap((group) => {
    const needs = needsOf(group.template, template, draft.values);
    const flavor = decideFlavor(draft, group, needs);
    const image = decideImage(draft, group, flavor);
    if (!flavor || !image) return [];
    const bareMetal = isBareMetal(flavor, group);
    const leased = !bareMetal && isLeased(draft, group, flavor);
    if (bareMetal || leased) checkLease(draft, group, placed, bareMetal);
    return [{ ...group, needs, flavor, image, bareMetal, leased, public: isPublic(group.template, template, draft.values) }];
  });
}

function decideFlavor(draft: Draft, group: PlacedGroup, needs: Needs): Flavor | null {
  const { placement, place, template, count } = group;
  const field = `placement.${template.name}.flavor`;
  const reserved = heldBy(draft, group);
  const held = reserved?.flavorId;
  const byLease = place.site.rules.flavorLeases === true && held === undefined && !placement.newLease;
  const named = isNamed(needs.flavorName);
  const known = reserved?.flavorId === undefined ? place.facts.flavors : flavorsOf(reserved, place.facts.flavors);
  const there = placement.flavor === undefined ? known.filter(named) : known;
  const offered = byLease ? there.filter(({ bareMetal, leased }) => bareMetal || leased) : there;
  if (there.length === 0 && needs.flavorName !== undefined) {
    const type = template.node.capabilities.get('host')?.get('instance_type');
    draft.problems.push(
      problem('flavor-not-found', `${place.site.name} has no flavor "${needs.flavorName}", which ${template.label} asks for.`, {
        field: type?.kind === 'input' ? `inputs.${type.name}` : field,
        remedy: 'Leave the name empty, write one of this site, or choose a flavor.',
      }),
    );
    return null;
  }
  if (placement.flavor !== undefined) {
    const asked = offered.find(({ id, name }) => id === placement.flavor || name === placement.flavor);
    if (!asked && byLease && place.facts.flavors.some(({ id, name }) => id === placement.flavor || name === placement.flavor))
      return noteLeaseNeeded(draft, group, needs);
    if (!asked) {
      draft.problems.push(
        problem('flavor-not-found', `${place.site.name} has no flavor "${placement.flavor}" for this project.`, {
          field,
          remedy: 'Choose one of the flavors offered.',
        }),
      );
      return null;
    }
    // the flavor of a site's hosts says nothing of their size: the lease does
    const shortage = asked.bareMetal ? null : flavorShortage(needs, asked, place.site.features.volumes);
    if (!isUsual(asked.architecture))
      draft.problems.push(
        problem(
          'flavor-not-found',
          `The flavor ${asked.name} has processors of another kind (${asked.architecture}) than recipes run on (x86_64).`,
          {
            field,
            remedy: 'Choose one of the flavors offered.',
          },
        ),
      );
    if (shortage)
      draft.problems.push(
        problem('flavor-not-found', `The flavor ${asked.name} is too small for ${template.label}: it has ${shortage}.`, {
          field,
          remedy: 'Choose a larger flavor, or ask for less.',
        }),
      );
    return asked;
  }
  if (byLease && !offered.some((flavor) => flavorShortage(needs, flavor, place.site.features.volumes) === null))
    return noteLeaseNeeded(draft, group, needs);
  const metal = place.site.rules.flavorLeases ? false : placement.lease !== undefined || placement.newLease !== undefined;
  const chosen = chooseFlavor(needs, offered, place.facts.quotas, count, {
    bareMetal: metal && held === undefined,
    volumes: place.site.features.volumes,
  });
  if (chosen) return chosen;
  const wanted = `${cpuWords(needs.vcpus)}, ${memoryWords(needs.ramMiB)} of memory, ${needs.diskGiB} GiB of disk${needs.gpus > 0 ? `, ${needs.gpus} GPUs` : ''}`;
  draft.problems.push(
    problem('flavor-not-found', `No flavor of ${place.site.name} has what a node of ${template.label} needs: ${wanted}.`, {
      field,
      remedy: bareMetalRemedy(group, needs),
    }),
  );
  return null;
}

/** The flavor of what is reserved; machines of a size of one's own are a flavor that comes with the lease. */
function flavorsOf({ flavorId = '', size }: HeldReservation, known: readonly Flavor[]): Flavor[] {
  if (size) return [{ id: flavorId, name: `reservation:${flavorId}`, ...size, bareMetal: false }];
  return known.filter(({ id }) => id === flavorId);
}

// `m1.*` is any flavor whose name begins so.
function isNamed(wanted: string | undefined): (flavor: Flavor) => boolean {
  if (wanted === undefined) return () => true;
  const parts = wanted.toLowerCase().split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  return ({ name }) => {
    const text = name.toLowerCase();
    if (parts.length === 1) return text === first;
    let from = first.length;
    const hasMiddle = parts.slice(1, -1).every((part) => {
      const at = text.indexOf(part, from);
      from = at + part.length;
      return at !== -1;
    });
    return text.startsWith(first) && hasMiddle && text.length - last.length >= from && text.endsWith(last);
  };
}

/** At a site that leases its flavors, with how much room there is for the one that would do. */
function noteLeaseNeeded(draft: Draft, { template, place, count, placement }: PlacedGroup, needs: Needs): null {
  const { site, facts } = place;
  const wanted = facts.flavors.find(({ id, name }) => id === placement.flavor || name === placement.flavor);
  const plain = facts.flavors.filter(({ leased }) => !leased);
  const flavor = wanted ?? chooseFlavor(needs, plain, facts.quotas, count);
  const room = flavor ? facts.flavorRoom?.[flavor.id] : undefined;
  const known = room ? ` At least ${room.free} of ${room.total} of its machines are free now.` : '';
  draft.problems.push(
    problem(
      'flavor-not-found',
      flavor
        ? `${site.name} gives machines out by lease only: a lease of ${count} ${flavor.name} is needed for ${template.label}.${known}`
        : `${site.name} gives machines out by lease only, and no flavor that it leases has what a node of ${template.label} needs.`,
      {
        field: `placement.${template.name}.flavor`,
        remedy: flavor
          ? 'Choose a lease of it, or have one made on the way. Or choose another site.'
          : 'Choose another site, or ask for less.',
      },
    ),
  );
  return null;
}

function bareMetalRemedy({ place }: PlacedGroup, needs: Needs): string {
  const metal = place.facts.flavors.some((flavor) => flavor.bareMetal && flavorShortage(needs, flavor, false) === null);
  return metal ? 'A bare-metal flavor would do: choose a lease first. Or choose another site.' : 'Choose another site, or ask for less.';
}

function decideImage(draft: Draft, { placement, place, template }: PlacedGroup, flavor: Flavor | null): Image | null {
  const field = `placement.${template.name}.image`;
  const supported = draft.input.recipe.detail.groups.find(({ name }) => name === template.name)?.supportedImages ?? [];
  const list = supported.map(({ distro, version }) => `${distro} ${version}`).join(', ') || 'any known distribution';
  const note = (detail: string, remedy: string) => draft.problems.push(problem('image-not-found', detail, { field, remedy }));
  const asked =
    placement.image === undefined
      ? undefined
      : imageNamed(
          place.facts.images.map((each) => asSaid(each, placement.imageIs)),
          placement.image,
        );
  if (placement.image !== undefined && !asked) {
    note(`${place.site.name} has no image "${placement.image}" for this project.`, 'Choose one of the images offered.');
    return null;
  }
  if (asked?.from === 'shared' && placement.trustedImage !== asked.id)
    note(
      `The image ${asked.name} belongs to another project of ${place.site.name}. Whoever made it could read the secrets of the nodes that boot it.`,
      'Choose another image, or say that you trust this one.',
    );
  if (asked && !imageSupported(supported, asked))
    note(
      asked.distro === undefined
        ? `What the image ${asked.name} is can’t be read off its name or properties.`
        : `The recipe does not support the image ${asked.name} (${[asked.distro, asked.version].filter(Boolean).join(' ')}).`,
      `It supports ${list}. Say what the image is, where you know better, or choose another.`,
    );
  const kind = flavor ? gpuOf(flavor, placement.newLease?.nodeType) : undefined;
  const image = asked ?? chooseImage(supported, place.facts.images, kind);
  if (!image) {
    note(
      `${place.site.name} has no image that the recipe supports.`,
      `It supports ${list}. Choose another site, or upload such an image there.`,
    );
    return null;
  }
  const disk = flavor && bootsFromVolume(flavor) ? Number.POSITIVE_INFINITY : (flavor?.diskGiB ?? 0);
  if (flavor && !flavor.bareMetal && (image.minDiskGiB > disk || image.minRamMiB > flavor.ramMiB))
    note(
      `The image ${image.name} needs ${image.minDiskGiB} GiB of disk and ${memoryWords(image.minRamMiB)} of memory; the flavor ${flavor.name} has ${flavor.diskGiB} GiB and ${memoryWords(flavor.ramMiB)}.`,
      'Choose a larger flavor or another image.',
    );
  return image;
}

/** An image as whoever knows it says that it is. */
function asSaid(image: Image, said: Placement['imageIs']): Image {
  if (said?.image !== image.id) return image;
  const { distro, version, architecture = image.architecture, loginUser } = said;
  return { ...image, distro, version, architecture, loginUser };
}

/** The image of that id or name; of several of one name not what a stranger calls so. */
function imageNamed(images: readonly Image[], wanted: string): Image | undefined {
  const named = images.filter(({ name }) => name === wanted);
  return images.find(({ id }) => id === wanted) ?? named.find(({ from }) => from === undefined) ?? named[0];
}

function isBareMetal(flavor: Flavor, { place }: PlacedGroup): boolean {
  return flavor.bareMetal || (place.site.rules.bareMetalFlavors ?? []).includes(flavor.name);
}
