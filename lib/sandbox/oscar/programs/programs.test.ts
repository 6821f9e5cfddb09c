import { expect, test } from 'vitest';
import { detect } from './fish';
import { programFor } from './index';
import { type Picture, readPng, writePng } from './png';

/** Blue water with an orange rectangle in it. */
function water(width = 200, height = 100, fish = { x: 40, y: 30, width: 50, height: 20 }): Picture {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x >= fish.x && x < fish.x + fish.width && y >= fish.y && y < fish.y + fish.height;
      pixels.set(inside ? [240, 120, 20, 255] : [10, 40, 120 + (x % 20), 255], (y * width + x) * 4);
    }
  }
  return { width, height, pixels };
}

test('a fish is found where it is, and an empty sea has none', () => {
  expect(detect(water())).toEqual([{ label: 'fish', confidence: 0.99, box: { x: 40, y: 30, width: 50, height: 20 } }]);
  expect(detect(water(200, 100, { x: 0, y: 0, width: 0, height: 0 }))).toEqual([]);
});

test('of a large picture, boxes are right to a few pixels', () => {
  const [found] = detect(water(3000, 1500, { x: 900, y: 600, width: 300, height: 150 }));
  expect(Math.abs((found?.box.x ?? 0) - 900)).toBeLessThan(8);
  expect(Math.abs((found?.box.width ?? 0) - 300)).toBeLessThan(12);
});

test('the demo draws a frame around each fish and writes what it found', () => {
  const result = programFor('transat/fish-detection:1')?.run({ name: 'reef.png', bytes: writePng(water()) }, {});
  const [drawn, report] = result?.files ?? [];
  expect([drawn?.name, report?.name]).toEqual(['reef.png', 'reef.json']);
  const picture = readPng(drawn?.bytes ?? Buffer.alloc(0));
  expect([...(picture?.pixels.subarray((30 * 200 + 40) * 4, (30 * 200 + 40) * 4 + 4) ?? [])]).toEqual([255, 196, 0, 255]);
  expect(JSON.parse(report?.bytes.toString() ?? '')).toMatchObject({ file: 'reef.png', width: 200, detections: [{ label: 'fish' }] });
});

test('a picture that it can’t read is said to be one', () => {
  const result = programFor('transat/fish-detection:1')?.run({ name: 'reef.jpg', bytes: Buffer.from([0xff, 0xd8]) }, {});
  expect(JSON.parse(result?.files[0]?.bytes.toString() ?? '')).toMatchObject({ detections: [], note: expect.stringContaining('PNG') });
});

test.each([
  ['empty', Buffer.alloc(0)],
  ['text', Buffer.from('hello')],
  ['cut', writePng(water()).subarray(0, 60)],
  [
    'with sizes that are a lie',
    (() => {
      const bytes = Buffer.from(writePng(water()));
      bytes.writeUInt32BE(0x7fffffff, 16);
      return bytes;
    })(),
  ],
])('a PNG that is %s is none', (_what, bytes) => {
  expect(readPng(bytes)).toBeNull();
});

test('what is written is read back', () => {
  expect(readPng(writePng(water()))).toEqual(water());
});

test('images of other people stand for no program', () => {
  expect(programFor('ghcr.io/grycap/fish-detector:1.0.1')).toBeUndefined();
  expect(programFor('constructor')).toBeUndefined();
  expect(programFor('transat/grey-scale@sha256:abc')).toBeDefined();
});
