import { common } from './reply';

/** A text to be kept as a file. @param name what the file is called: letters, digits, dots and dashes */
export function asTextFile({ text, name }: { text: string; name: string }, requestId: string): Response {
  const headers = {
    ...common,
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'x-request-id': requestId,
  };
  return new Response(text, { headers });
}
