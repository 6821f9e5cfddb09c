import type { Marker } from './markers';
import { mapSize } from './projection';

/** A name beside a mark; x is where it begins or, on the left side, ends. */
export interface Label {
  marker: Marker;
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const letter = 8;
const height = 16;
const gap = 18;

/** Names of the marks where deployments stand, the busiest first; those that would run into another name or mark are left out. */
export function labels(markers: Marker[]): Label[] {
  const taken: Box[] = markers.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
  const found: Label[] = [];
  for (const marker of markers.filter(({ deployments }) => deployments > 0).toSorted((a, b) => b.deployments - a.deployments)) {
    const others = marker.sites.length - 1;
    const text = `${marker.sites[0]?.name ?? ''}${others > 0 ? ` +${others}` : ''}`;
    const width = text.length * letter;
    const sides = [
      { anchor: 'start' as const, x: marker.x + gap, left: marker.x + gap },
      { anchor: 'end' as const, x: marker.x - gap, left: marker.x - gap - width },
    ];
    for (const { anchor, x, left } of sides) {
      const box = { left, right: left + width, top: marker.y - height / 2, bottom: marker.y + height / 2 };
      if (box.left < 0 || box.right > mapSize.width || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      found.push({ marker, text, x, y: marker.y + 5, anchor });
      break;
    }
  }
  return found;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
