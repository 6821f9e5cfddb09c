import type { Step } from '@/lib/nodes/protocol';
import { expand, UNKNOWN } from './expand';
import { plausible } from './plausible';

/** What a step would print and hand back, told from its script without running it. */
export interface Telling {
  lines: string[];
  outputs: Record<string, string>;
  /** how long it seems to take, in seconds at normal speed */
  seconds: number;
}

const statement = /^\s*(log|echo|apt_install|wait_for|output|systemctl|curl|wget|helm|kubectl)\b(.*)$/;
const MOST_SECONDS = 6;

/** Reads a script for what it prints (`log`, `echo`, packages, services, waits) and what it hands back (`output NAME VALUE`). */
export function tell(step: Step): Telling {
  const hidden = Object.fromEntries(step.secretEnv.map((name) => [name, '***']));
  const shown: Record<string, string> = { ...step.env, ...hidden };
  const real: Record<string, string> = { ...step.env };
  const lines = step.downloads
    .filter((download) => download.kind === 'file')
    .map((download) => `Fetching ${download.url.split('/').at(-1)} ${download.version} from ${download.url}.`);
  const outputs: Record<string, string> = {};
  const source = withoutHereDocuments(step.script);
  source.forEach((line, index) => {
    const assigned = /^\s*(?:local\s+|readonly\s+|export\s+)?(\w+)=(.*)$/.exec(line);
    if (assigned?.[1]) {
      const name = assigned[1];
      if (!(name in step.env)) {
        shown[name] = expand(firstWord(assigned[2] ?? ''), shown);
        real[name] = expand(firstWord(assigned[2] ?? ''), real);
      }
      return;
    }
    const found = statement.exec(line);
    if (!found || isComplaint(line, source[index + 1] ?? '')) return;
    const rest = (found[2] ?? '').trim();
    if (found[1] === 'output') {
      const output = /^(\w+)\s+([\s\S]+)$/.exec(rest);
      if (output?.[1]) outputs[output[1]] = plausible(output[1], expand(firstWord(output[2] ?? ''), real), step.env);
    } else lines.push(...printed(found[1] ?? '', rest, shown));
  });
  for (const [, name, value] of step.script.matchAll(/echo\s+"(\w+)=([^"]*)"\s*>>\s*"?\$\{?TRANSAT_OUTPUTS/g)) {
    if (name && !(name in outputs)) outputs[name] = plausible(name, expand(value ?? '', real), step.env);
  }
  const seconds = Math.min(1.2 + source.length * 0.02 + lines.length * 0.12, MOST_SECONDS);
  return { lines, outputs, seconds };
}

function printed(command: string, rest: string, names: Record<string, string>): string[] {
  const words = expand(rest.replace(/\s*(?:\|\||&&|;|2?>|\|).*$/, ''), names);
  switch (command) {
    case 'log':
      return [words];
    case 'echo':
      return />/.test(rest) ? [] : [words.replace(/^-[ne]+ /, '')];
    case 'apt_install':
      return [
        `Installing ${words}.`,
        ...words
          .split(/\s+/)
          .filter((name) => /^[a-z0-9]/.test(name))
          .map((name) => `Setting up ${name} ...`),
      ];
    case 'wait_for': {
      const [host = UNKNOWN, port = UNKNOWN] = words.split(/\s+/);
      return [`Waiting for ${host}, port ${port}.`, `${host} answers on port ${port} after 1 s.`];
    }
    case 'systemctl': {
      const unit = /^enable\s+(?:--now\s+)?(?:-q\s+)?([\w@.-]+)/.exec(words)?.[1]?.replace(/\.service$/, '');
      return unit
        ? [`Created symlink /etc/systemd/system/multi-user.target.wants/${unit}.service → /lib/systemd/system/${unit}.service.`]
        : [];
    }
    case 'helm': {
      const release = /^(?:upgrade|install)\s+(?:--install\s+)?([\w-]+)/.exec(words)?.[1];
      return release ? [`Release "${release}" has been installed. STATUS: deployed`] : [];
    }
    default:
      return [];
  }
}

/** A message that is only printed when something goes wrong. */
function isComplaint(line: string, next: string): boolean {
  return />&2/.test(line) || /\b(?:exit|return)\s+[1-9]/.test(line) || /^\s*(?:exit|return)\s+[1-9]/.test(next);
}

/** The script's lines, continuations joined, without comments and the bodies of here-documents. */
function withoutHereDocuments(script: string): string[] {
  const kept: string[] = [];
  let mark: string | null = null;
  for (const line of script.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (mark !== null) {
      if (line.trim() === mark) mark = null;
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    kept.push(line);
    mark = /<<-?\s*['"]?(\w+)['"]?/.exec(line.replace(/<<</g, ''))?.[1] ?? null;
  }
  return kept;
}

/** The first word of a piece of shell: up to a blank that is in no quotes and no brackets. */
function firstWord(text: string): string {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (char === '\\') index++;
    else if (quote) quote = char === quote && depth === 0 ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    if (char === '(' || char === '{') depth++;
    if (char === ')' || char === '}') depth = Math.max(0, depth - 1);
    if (!quote && depth === 0 && /[\s;|&]/.test(char)) return text.slice(0, index);
  }
  return text;
}
