// Draws the land and the graticule of the map once: `node components/map/build-land.mjs` writes public/map/atlantic.svg.
// Source of the shapes: Natural Earth 1:50m (public domain), as the npm package world-atlas carries it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { geoGraticule, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { atlantic, mapSize } from './projection.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const world = JSON.parse(readFileSync(join(root, 'node_modules/world-atlas/land-50m.json'), 'utf8'));
const projection = atlantic().clipExtent([
  [-2, -2],
  [mapSize.width + 2, mapSize.height + 2],
]);
const draw = geoPath(projection);
const lines = draw(geoGraticule().step([10, 10])()) ?? '';
const land = draw(feature(world, world.objects.land)) ?? '';

/** Whole and half units only; islands smaller than a dot and points that add nothing are left out. */
function simplify(path, smallest) {
  return path
    .split('M')
    .slice(1)
    .map((ring) => {
      const closed = ring.endsWith('Z');
      const points = [];
      for (const pair of ring.replace('Z', '').split('L')) {
        const [x, y] = pair.split(',').map((value) => Math.round(Number(value) * 2) / 2);
        const last = points.at(-1);
        if (!last || Math.hypot(last[0] - x, last[1] - y) >= 1) points.push([x, y]);
      }
      const xs = points.map(([x]) => x);
      const ys = points.map(([, y]) => y);
      const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
      if (points.length < (closed ? 3 : 2) || extent < smallest) return '';
      let [px, py] = points[0];
      const steps = points.slice(1).map(([x, y]) => {
        const step = `${x - px},${y - py}`;
        [px, py] = [x, y];
        return step;
      });
      return `M${points[0]}l${steps.join(' ')}${closed ? 'z' : ''}`;
    })
    .join('')
    .replaceAll(',-', '-')
    .replaceAll(' -', '-');
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${mapSize.width} ${mapSize.height}"><title>The North Atlantic</title><path id="graticule" d="${simplify(lines, 4)}"/><path id="land" d="${simplify(land, 3)}"/></svg>\n`;
mkdirSync(join(root, 'public/map'), { recursive: true });
writeFileSync(join(root, 'public/map/atlantic.svg'), svg);
