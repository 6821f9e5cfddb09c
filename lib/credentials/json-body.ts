/**
 * Reads an answer's body as JSON.
 * @param most bytes; what is longer is not read to its end
 * @returns undefined where it is not JSON
 * @throws Error `ANSWER_TOO_LARGE`
 */
export async function readJson(body: AsyncIterable<Uint8Array>, most: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new Error('ANSWER_TOO_LARGE');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
