/** A reef: water, and fish whose colours stand out from it. Places are of a picture of 480 × 300. */
const fish = [
  { x: 120, y: 90, size: 34, colour: '#f2a33a' },
  { x: 300, y: 70, size: 24, colour: '#e8543f' },
  { x: 380, y: 180, size: 40, colour: '#f6d65c' },
  { x: 190, y: 210, size: 28, colour: '#f08fb4' },
] as const;

export const pictureSize = { width: 480, height: 300 };
export const pictureName = 'reef.png';

/** Draws the picture of the tour. */
export function drawReef(canvas: HTMLCanvasElement): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { width, height } = pictureSize;
  pen.fillStyle = '#1d6f9c';
  pen.fillRect(0, 0, width, height);
  for (const { x, y, size, colour } of fish) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x, y, size, size * 0.55, 0, 0, 2 * Math.PI);
    pen.fill();
    pen.beginPath();
    pen.moveTo(x - size * 0.8, y);
    pen.lineTo(x - size * 1.5, y - size * 0.5);
    pen.lineTo(x - size * 1.5, y + size * 0.5);
    pen.fill();
  }
}

/** What is drawn, as a file. */
export function pictureOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
