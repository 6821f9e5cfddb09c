import type { Person } from '@/lib/auth/types';
import { AppError } from '@/lib/core/errors';
import { readPasted } from '@/lib/credentials';
import type { PastedView } from '../contract/credentials';
import type { Services } from '../services';
import { sameEndpoint } from './given';

/** Says what a pasted file is, which clouds it has, and which sites they are. @throws AppError `invalid-input` naming the line */
export async function readFile(
  { sites }: Services,
  person: Person,
  { text, secureYaml }: { text: string; secureYaml?: string },
): Promise<PastedView> {
  const [pasted, all] = [readPasted(text, secureYaml), await sites.of(person.id)];
  const clouds = pasted.names.slice(0, 200).map((name): PastedView['clouds'][number] => {
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
