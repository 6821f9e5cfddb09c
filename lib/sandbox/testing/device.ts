import { request } from './cloud-client';

/**
 * What a person does in a browser with the address of a device flow: chooses who to be, and connects or refuses.
 * @param address with the code in it
 * @returns the last page's text
 */
export async function answerDevice(address: string, person: string, decision: 'connect' | 'refuse'): Promise<string> {
  const cookies = new Map<string, string>();
  const browse = async (method: string, url: string, form?: Record<string, string>): Promise<string> => {
    const headers = {
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    };
    const answer = await request(method, url, form && new URLSearchParams(form).toString(), headers);
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (next) return await browse('GET', new URL(next, url).href);
    const chosen = `href="?user=${person}"`;
    if (String(answer.body).includes(chosen)) return await browse('GET', new URL(`?user=${person}`, url).href);
    return String(answer.body);
  };
  const fields = (page: string) =>
    Object.fromEntries([...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
  const action = (page: string) => /action="([^"]+)"/.exec(page)?.[1] ?? '';
  const first = await browse('GET', address);
  const confirm = await browse('POST', action(first), fields(first));
  const { abort: _, ...form } = fields(confirm);
  return await browse('POST', action(confirm), decision === 'connect' ? { ...form, confirm: 'yes' } : { ...form, abort: 'yes' });
}
