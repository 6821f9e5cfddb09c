import { type Picture, readPng, writePng } from './png';
import type { Program } from './program';

/** Something that stands out from the water, and how much of its box it fills. */
export interface Detection {
  label: 'fish';
  confidence: number;
  box: { x: number; y: number; width: number; height: number };
}

const COLOUR_DISTANCE = 60;
const LEAST_SHARE = 0.0008;
const MOST_CELLS = 250_000;
const FRAME = [255, 196, 0, 255];

/**
 * Finds what stands out from the water in a picture: parts whose colour is far from that of the picture's edge, each in its box. It is no
 * trained network, but it looks at the picture and nothing else.
 */
export function detect(picture: Picture): Detection[] {
  const step = Math.max(1, Math.ceil(Math.sqrt((picture.width * picture.height) / MOST_CELLS)));
  const [columns, rows] = [Math.ceil(picture.width / step), Math.ceil(picture.height / step)];
  const water = edgeColour(picture);
  const stands = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [red, green, blue] = colourAt(picture, column * step, row * step);
      const distance = Math.hypot(red - water[0], green - water[1], blue - water[2]);
      stands[row * columns + column] = distance > COLOUR_DISTANCE ? 1 : 0;
    }
  }
  const found: Detection[] = [];
  for (let start = 0; start < stands.length; start++) {
    if (stands[start] !== 1) continue;
    const part = flood(stands, start, columns, rows);
    if (part.cells < LEAST_SHARE * columns * rows) continue;
    const [width, height] = [part.right - part.left + 1, part.bottom - part.top + 1];
    const box = { x: part.left * step, y: part.top * step, width: width * step, height: height * step };
    found.push({ label: 'fish', confidence: Math.round(Math.min(0.99, 0.4 + (0.6 * part.cells) / (width * height)) * 100) / 100, box });
  }
  return found;
}

/** Draws a frame around each detection, in the picture itself. */
export function draw(picture: Picture, detections: Detection[]): void {
  const thick = Math.max(2, Math.round(picture.width / 300));
  for (const { box } of detections) {
    for (let offset = 0; offset < thick; offset++) {
      for (let x = box.x; x < box.x + box.width; x++) {
        paint(picture, x, box.y + offset);
        paint(picture, x, box.y + box.height - 1 - offset);
      }
      for (let y = box.y; y < box.y + box.height; y++) {
        paint(picture, box.x + offset, y);
        paint(picture, box.x + box.width - 1 - offset, y);
      }
    }
  }
}

/** The demo: a picture with frames around its fish, and what was found as JSON. */
export const fishDetection: Program = {
  seconds: () => 4,
  run({ name, bytes }) {
    const picture = readPng(bytes);
    const stem = name.replace(/\.[^.]*$/, '');
    const json = (content: unknown) => ({ name: `${stem}.json`, bytes: Buffer.from(`${JSON.stringify(content, null, 2)}\n`) });
    if (!picture) {
      const note = 'Only PNG pictures with 8 bits a colour are looked into here.';
      return { log: [`Looking for fish in ${name}`, note], files: [json({ file: name, detections: [], note })] };
    }
    const detections = detect(picture);
    draw(picture, detections);
    const log = [
      `Looking for fish in ${name} (${picture.width} × ${picture.height})`,
      ...detections.map(({ confidence, box }) => `fish ${confidence} at ${box.x},${box.y}, ${box.width} × ${box.height}`),
      `${detections.length} found`,
    ];
    const report = json({ file: name, width: picture.width, height: picture.height, detections });
    return { log, files: [{ name: `${stem}.png`, bytes: writePng(picture) }, report] };
  },
};

function edgeColour(picture: Picture): [number, number, number] {
  const samples: [number, number, number][] = [];
  const step = Math.max(1, Math.floor(picture.width / 64));
  for (let x = 0; x < picture.width; x += step) samples.push(colourAt(picture, x, 0), colourAt(picture, x, picture.height - 1));
  const middle = (channel: 0 | 1 | 2) => samples.map((one) => one[channel]).sort((one, other) => one - other)[samples.length >> 1] ?? 0;
  return [middle(0), middle(1), middle(2)];
}

function colourAt({ width, pixels }: Picture, x: number, y: number): [number, number, number] {
  const at = (y * width + x) * 4;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

/** All cells that hang together with one, taken out as they are counted. */
function flood(stands: Uint8Array, start: number, columns: number, rows: number) {
  const part = { cells: 0, left: columns, right: 0, top: rows, bottom: 0 };
  const open = [start];
  stands[start] = 0;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    part.cells += 1;
    part.left = Math.min(part.left, x);
    part.right = Math.max(part.right, x);
    part.top = Math.min(part.top, y);
    part.bottom = Math.max(part.bottom, y);
    const near = [x > 0 ? cell - 1 : -1, x < columns - 1 ? cell + 1 : -1, cell - columns, y < rows - 1 ? cell + columns : -1];
    for (const next of near) {
      if (next < 0 || stands[next] !== 1) continue;
      stands[next] = 0;
      open.push(next);
    }
  }
  return part;
}

function paint({ width, height, pixels }: Picture, x: number, y: number): void {
  if (x >= 0 && y >= 0 && x < width && y < height) pixels.set(FRAME, (y * width + x) * 4);
}
