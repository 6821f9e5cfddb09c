import type { Answer, Call } from './call';

export type Handler = (call: Call) => Answer | Promise<Answer>;

export interface Route {
  method: string;
  pattern: RegExp;
  names: string[];
  handler: Handler;
}

/** A route such as `route('GET', '/servers/:id', …)`. A segment `:name` matches anything but a slash. */
export function route(method: string, path: string, handler: Handler): Route {
  const names: string[] = [];
  const pattern = path.replace(/:(\w+)/g, (_match, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  return { method, pattern: new RegExp(`^${pattern}$`), names, handler };
}

/**
 * Finds the route of a call and fills in its parameters.
 * @returns the handler; `method` where only the method differs; null where no path matches
 */
export function findRoute(routes: Route[], call: Call): Handler | 'method' | null {
  let known = false;
  for (const candidate of routes) {
    const match = candidate.pattern.exec(call.path);
    if (!match) continue;
    known = true;
    if (candidate.method !== call.method) continue;
    call.params = Object.fromEntries(candidate.names.map((name, index) => [name, decode(match[index + 1] ?? '')]));
    return candidate.handler;
  }
  return known ? 'method' : null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
