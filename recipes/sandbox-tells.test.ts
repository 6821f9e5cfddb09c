import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tell } from '@/lib/sandbox/node/script';
import { scriptText } from './testing/script';

const env = {
  NODE_NAME: 'n',
  PRIVATE_ADDRESS: '10.0.0.9',
  PUBLIC_ADDRESS: '203.0.113.9',
  WORKERS: 'a,b',
  WORKER_COUNT: '2',
  HTTPS: 'true',
};

it.each(globSync('recipes/*/scripts/*.sh'))(
  '%s is told to its end in the sandbox, with all that it hands back, and nothing goes wrong in it',
  (file) => {
    const script = scriptText(file);
    const { lines, outputs } = tell({
      name: 's',
      title: 'S',
      script,
      env,
      secretEnv: [],
      downloads: [],
      timeoutSeconds: 60,
      attempts: 1,
    });
    expect(lines.join('\n')).not.toMatch(/can't|cannot|did not|failed|refused/i);
    // what stands at no condition
    const handed = [...script.matchAll(/^output (\w+) /gm)].map(([, name]) => name);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(handed));
    const said = /^log "([^$"]+)/.exec(script.trimEnd().split('\n').at(-1) ?? '')?.[1];
    // a script may also end before, where it finds nothing to do and says so
    const early = [...script.matchAll(/^ *log ["']([^$"']+).*\n(?: *output .*\n)? *exit 0$/gm)].map(([, text = '']) => text);
    if (said) expect([said, ...early].some((text) => lines.join('\n').includes(text))).toBe(true);
  },
);
