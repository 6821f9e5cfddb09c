import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentDirectory } from './protocol';

/** Where the agent's program lives on a node; systemd starts the folder with Python. */
const agentProgram = `${agentDirectory}/agent`;

/** A file of the node, as text of printable ASCII characters, tabs and line ends. */
export interface NodeFile {
  path: string;
  content: string;
  permissions: string;
}

let cached: NodeFile[] | undefined;

/**
 * The files of the agent that are the same for every node: its program, the functions for scripts, the systemd unit.
 * Read from `lib/nodes/agent` of the working directory, where the product is always started.
 */
export function agentFiles(): NodeFile[] {
  cached ??= read(join(process.cwd(), 'lib/nodes/agent'));
  return cached;
}

function read(folder: string): NodeFile[] {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const program = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return [
    ...program.sort().map((name) => ({ path: `${agentProgram}/${name}`, content: text(name), permissions: '0644' })),
    { path: `${agentDirectory}/functions.sh`, content: text('functions.sh'), permissions: '0644' },
    { path: '/etc/systemd/system/transat-agent.service', content: text('transat-agent.service'), permissions: '0644' },
  ];
}
