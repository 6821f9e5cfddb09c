/** Milliseconds of reading at a stretch: what was read is drawn, and keys are answered, before it goes on. */
const stretchMs = 10;

/**
 * The lines of a body of bytes in UTF-8, each as soon as its end has come.
 * @param body is cancelled when the caller stops early
 */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let since = performance.now();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + decoder.decode(piece.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') continue;
        yield line;
        if (performance.now() - since < stretchMs) continue;
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
    }
    if (rest !== '') yield rest;
  } finally {
    void reader.cancel().catch(() => {});
  }
}
