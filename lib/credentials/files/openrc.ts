import { readCmd } from './dialects/cmd';
import { readFish } from './dialects/fish';
import { readPowerShell } from './dialects/powershell';
import type { Settings } from './settings';
import { follow } from './shell/follow';
import { readLexemes } from './shell/lexer';
import { readCommands } from './shell/parse';
import { settingsOf, type Variables } from './variables';

/** The shells whose files are read. */
export type Dialect = 'shell' | 'powershell' | 'cmd' | 'fish';

// within a line: `\s` would run on over all empty lines, from each of them anew
const marks: [Dialect, RegExp][] = [
  [
    'powershell',
    /^[ \t]*(?:\$\{?env:|set-item[ \t]+(?:-path[ \t]+)?["']?env:\\?|\[(?:system\.)?environment\]::setenvironmentvariable\([ \t]*["'])OS_\w+/im,
  ],
  ['cmd', /^[ \t]*@?set[ \t]+(?:\/p[ \t]+)?"?OS_\w+=/im],
  ['fish', /^[ \t]*set[ \t]+(?:-{1,2}[a-zA-Z][\w-]*[ \t]+)+OS_\w+/m],
  ['shell', /(?:^|[\s;:'"=])OS_[A-Z_]+=|^[ \t]*setenv[ \t]+OS_\w+/m],
];

/** The shell that a file of variables is for; undefined where it sets none of OpenStack's. */
export const dialectOf = (text: string): Dialect | undefined => marks.find(([, form]) => form.test(text))?.[0];

const readers: Record<Dialect, (text: string) => Variables> = {
  shell: (text) => follow(readCommands(readLexemes(text))),
  powershell: readPowerShell,
  cmd: readCmd,
  fish: readFish,
};

/**
 * Reads a pasted file of variables. It is parsed, never run.
 * @throws Refusal naming the line
 */
export const readOpenrc = (text: string, dialect: Dialect): Settings => settingsOf(readers[dialect](text));
