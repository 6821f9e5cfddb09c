import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture: four bytes (red, green, blue, alpha) a pixel, row by row. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const MOST_PIXELS = 40_000_000;
const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Reads a PNG (w3.org/TR/png-3): eight bits a sample, not interlaced.
 * @returns null for what is none, or another kind of one
 */
export function readPng(bytes: Buffer): Picture | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return null;
  let header: Buffer | null = null;
  let palette: Buffer | null = null;
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = body;
    if (kind === 'PLTE') palette = body;
    if (kind === 'IDAT') data.push(body);
    at += length + 12;
  }
  if (!header || header.length < 13) return null;
  const [width, height, depth, type] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9] ?? -1];
  const channels = channelsOf[type];
  if (depth !== 8 || header[12] !== 0 || !channels || width * height > MOST_PIXELS || width === 0 || height === 0) return null;
  const stride = width * channels;
  try {
    const raw = inflateSync(Buffer.concat(data), { maxOutputLength: (stride + 1) * height });
    if (raw.length < (stride + 1) * height) return null;
    return { width, height, pixels: spread(unfilter(raw, stride, height, channels), width * height, type, palette) };
  } catch {
    return null;
  }
}

/** Writes a PNG with colours and alpha. */
export function writePng({ width, height, pixels }: Picture): Buffer {
  const stride = width * 4;
  const raw = Buffer.alloc((stride + 1) * height);
  for (let row = 0; row < height; row++) raw.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Undoes what each row was written as: differences from the pixel to the left, above, or both (PNG, 9). */
function unfilter(raw: Buffer, stride: number, height: number, channels: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const kind = raw[row * (stride + 1)] ?? 0;
    for (let at = 0; at < stride; at++) {
      const here = row * stride + at;
      const left = at >= channels ? (out[here - channels] ?? 0) : 0;
      const above = row > 0 ? (out[here - stride] ?? 0) : 0;
      const corner = row > 0 && at >= channels ? (out[here - stride - channels] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][kind] ?? 0;
      out[here] = (raw[row * (stride + 1) + 1 + at] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function spread(samples: Uint8Array, count: number, type: number, palette: Buffer | null): Uint8Array {
  const channels = channelsOf[type] ?? 1;
  const pixels = new Uint8Array(count * 4);
  for (let pixel = 0; pixel < count; pixel++) {
    const at = pixel * channels;
    const one = samples[at] ?? 0;
    const [red, green, blue, alpha] =
      type === 3
        ? [palette?.[one * 3], palette?.[one * 3 + 1], palette?.[one * 3 + 2], 255]
        : channels >= 3
          ? [one, samples[at + 1], samples[at + 2], channels === 4 ? samples[at + 3] : 255]
          : [one, one, one, channels === 2 ? samples[at + 1] : 255];
    pixels.set([red ?? 0, green ?? 0, blue ?? 0, alpha ?? 255], pixel * 4);
  }
  return pixels;
}
