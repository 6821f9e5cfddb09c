import { AppError } from '@/lib/core/errors';
import { readPasted } from '@/lib/credentials';
import type { Visitor } from '@/lib/desk/types';
import type { KeepingPorts } from '../ports';
import type { Pasted } from '../types';
import { sameEndpoint } from './given';

/** Says what a pasted file is, which clouds it has, and which sites they are. @throws AppError `invalid-input` naming the line */
export async function readFile(
  { sites }: KeepingPorts,
  person: Visitor,
  { text, secureYaml }: { text: string; secureYaml?: string },
): Promise<Pasted> {
  const [pasted, all] = [readPasted(text, secureYaml), await sites.of(person.id)];
  const clouds = pasted.names.slice(0, 200).map((name): Pasted['clouds'][number] => {
    try {
      const { kind, authUrl, region, project = null, needs } = pasted.entry(name);
      const here = all.filter((site) => sameEndpoint(authUrl, site.authUrl));
      const site = (here.find((each) => each.region === region) ?? here[0])?.id ?? null;
      return { name, kind, authUrl, project, site, needs, problem: null };
    } catch (error) {
      return { name, kind: null, authUrl: null, project: null, site: null, needs: null, problem: AppError.from(error).toProblem() };
    }
  });
  return { format: pasted.format, clouds };
}
