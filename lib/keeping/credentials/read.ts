import { AppError } from '@/lib/core/errors';
import { type Remark as FileRemark, readPasted, remarkText } from '@/lib/credentials';
import type { Visitor } from '@/lib/desk/types';
import type { KeepingPorts } from '../ports';
import type { Pasted, Remark } from '../types';
import { siteOf } from './given';

const MOST_CLOUDS = 200;

/** Says what a pasted file is, which clouds it has, and which sites they are. @throws AppError `invalid-input` naming the line */
export async function readFile(
  { sites }: KeepingPorts,
  person: Visitor,
  { text, secureYaml }: { text: string; secureYaml?: string },
): Promise<Pasted> {
  const [pasted, all] = [readPasted(text, secureYaml), await sites.of(person.id)];
  const { format, dialect, choices } = pasted;
  const clouds = choices.slice(0, MOST_CLOUDS).map(({ cloud: name, region = null }): Pasted['clouds'][number] => {
    try {
      const entry = pasted.entry(name, region ?? undefined);
      const { kind, authUrl, project = null, needs } = entry;
      const site = siteOf(entry, all)?.id ?? null;
      return { name, region, kind, authUrl, project, site, needs, remarks: entry.remarks.map(worded), problem: null };
    } catch (error) {
      const problem = AppError.from(error).toProblem();
      return { name, region, kind: null, authUrl: null, project: null, site: null, needs: null, remarks: [], problem };
    }
  });
  const more: FileRemark[] =
    choices.length > MOST_CLOUDS ? [{ key: 'moreClouds', params: { count: String(choices.length), shown: String(MOST_CLOUDS) } }] : [];
  return { format, dialect, remarks: [...pasted.remarks, ...more].map(worded), clouds };
}

const worded = (said: FileRemark): Remark => ({ key: `file.${said.key}`, params: said.params, text: remarkText(said) });
