/** What a browser was given in the end, after all redirects. */
export interface Page {
  url: URL;
  status: number;
  text: string;
}

/** A browser for tests: it keeps cookies by host, follows redirects, and asks Transat's own origin of a function. */
export class TestBrowser {
  readonly #own: string;
  readonly #answer: (request: Request) => Promise<Response>;
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(own: string, answer: (request: Request) => Promise<Response>) {
    this.#own = own;
    this.#answer = answer;
  }

  /** The cookies that it would send to an address. */
  cookie(url: URL): string {
    return [...(this.#cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(url: string): Promise<Page> {
    return await this.#go(new URL(url, this.#own), 'GET');
  }

  async post(url: string, form: Record<string, string>): Promise<Page> {
    return await this.#go(new URL(url, this.#own), 'POST', new URLSearchParams(form));
  }

  async #go(start: URL, startMethod: 'GET' | 'POST', startBody?: URLSearchParams): Promise<Page> {
    let [url, method, body] = [start, startMethod, startBody];
    for (let hop = 0; hop < 20; hop++) {
      const answer = await this.#ask(url, method, body);
      this.#keep(url, answer.headers);
      const location = answer.headers.get('location');
      if (location === null) return { url, status: answer.status, text: await answer.text() };
      [url, method, body] = [new URL(location, url), 'GET', undefined];
      // pages of Transat's own are not drawn here
      if (url.origin === this.#own && !url.pathname.startsWith('/api/')) return { url, status: answer.status, text: '' };
    }
    throw new Error(`${start.href} leads nowhere`);
  }

  async #ask(url: URL, method: string, body?: URLSearchParams): Promise<Response> {
    const form: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { cookie: this.cookie(url), host: url.host, 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0', ...form };
    const request = new Request(url, { method, headers, body: body?.toString(), redirect: 'manual' });
    return url.origin === this.#own ? await this.#answer(request) : await fetch(request);
  }

  #keep(url: URL, headers: Headers): void {
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    this.#cookies.set(url.host, jar);
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  }
}
