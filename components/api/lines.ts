/** Milliseconds after which a piece took long to take in: it is drawn, and keys are answered, before the next. */
const stretchMs = 10;

/**
 * The lines of a body of bytes in UTF-8, each as soon as its end has come.
 * @param body is cancelled when the caller stops early
 */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const began = performance.now();
      const lines = (rest + decoder.decode(piece.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
      // what was told at once is taken in at once: lines of one piece are not told apart
      if (performance.now() - began >= stretchMs) await new Promise((resolve) => setTimeout(resolve));
    }
    if (rest !== '') yield rest;
  } finally {
    void reader.cancel().catch(() => {});
  }
}
