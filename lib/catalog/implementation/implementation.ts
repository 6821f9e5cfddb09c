import { dirname, join, normalize } from 'node:path';
import type { Diagnostics } from '@/lib/tosca/cursor';
import type { Operation } from '@/lib/tosca/template';
import type { Imports } from '../imports';
import { readPlainFile } from '../plain-file';
import { withSharedFunctions } from './shared-functions';

/** What an operation runs: the text of a shell script, or of an Ansible playbook. */
export interface Implementation {
  kind: 'script' | 'playbook';
  text: string;
}

const maximumBytes = 256 * 1024;
const scriptPath = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*\.(?:sh|ya?ml)$/;
/** what several recipes of a catalogue's folder run lies beside them, and is named so */
const besides = ['../shared/', '../artifacts/'];

/**
 * Text of what an operation names: a shell script (`.sh`) or a playbook (`.yml`), as a path in the recipe's folder, as `../shared/<name>` beside it, or
 * as an address that the catalogue's folder holds a copy of.
 * @returns undefined where there is none that may be read, which is then among the diagnostics
 */
export function readImplementation(
  { script, scriptAt: at }: Operation,
  imports: Imports,
  diagnostics: Diagnostics,
): Implementation | undefined {
  const bad = (message: string) => {
    diagnostics.add(at, message);
    return undefined;
  };
  const kind = script.endsWith('.sh') ? 'script' : 'playbook';
  if (/^https?:/.test(script)) {
    const found = imports.local(script, at.file);
    if ('problem' in found) return bad(found.problem);
    const file = readPlainFile(found.path, script, dirname(found.path), maximumBytes);
    return file.ok ? { kind, text: file.text } : bad(file.diagnostic.message);
  }
  const beside = besides.find((start) => script.startsWith(start)) ?? '';
  const folder = normalize(join(dirname(at.file), beside));
  const name = script.slice(beside.length);
  if (!scriptPath.test(name))
    return bad(`"${script}" is not the path of a shell script (.sh) or a playbook (.yml) in the recipe's folder.`);
  const file = readPlainFile(join(folder, name), `script ${script}`, folder, maximumBytes);
  if (!file.ok) return bad(file.diagnostic.message);
  if (kind === 'playbook') return { kind, text: file.text };
  const functions = normalize(join(dirname(at.file), '../shared'));
  let bytes = Buffer.byteLength(file.text);
  const text = withSharedFunctions(file.text, (shared) => {
    // nothing more is read for one that is too large already
    if (bytes > maximumBytes) return undefined;
    const found = readPlainFile(join(functions, shared), `functions ../shared/${shared}`, functions, maximumBytes);
    if (!found.ok) diagnostics.add(at, found.diagnostic.message);
    bytes += found.ok ? Buffer.byteLength(found.text) : 0;
    return found.ok ? found.text : undefined;
  });
  if (bytes > maximumBytes) return bad(`script ${script} with all its functions is larger than ${maximumBytes / 1024} KiB.`);
  return { kind, text };
}
