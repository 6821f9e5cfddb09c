import type { PlanView } from '@/lib/api/contract/deployments';
import type { RecipeDetail } from '@/lib/catalog/types';

/** What the server said of the answers, by input. */
export function serverComplaints(problems: PlanView['problems'], refused: { path: string; message: string }[]): Map<string, string> {
  const all = [
    ...problems.map((problem) => ({ path: problem.field ?? '', message: problem.detail })),
    ...problems.flatMap((problem) => problem.fields ?? []),
    ...refused,
  ];
  return new Map(all.filter(({ path }) => path.startsWith('inputs.')).map(({ path, message }) => [path.slice('inputs.'.length), message]));
}

type SetUrl = (changes: Record<string, string | null>) => void;

/** Brings the field that a problem names on the screen and puts the focus there. */
export function goToField(field: string, recipe: RecipeDetail, setUrl: SetUrl): void {
  const [room = '', name = ''] = field.split('.');
  const input = recipe.inputs.find((each) => each.name === name);
  if (room === 'inputs') setUrl({ step: null, tab: input?.tab ?? null, check: '1' });
  else setUrl({ step: room === 'placement' ? 'placement' : 'review' });
  // the step has to be drawn first
  setTimeout(() => {
    const control =
      document.getElementById(field) ??
      document.getElementById(`${room}.${name}.flavor`) ??
      document.querySelector('input[type=radio]:checked');
    if (!(control instanceof HTMLElement)) return;
    control.scrollIntoView({ block: 'center' });
    control.focus();
  }, 80);
}
