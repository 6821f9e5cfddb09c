import type { PlanView } from '@/lib/api/contract/deployments';
import type { RecipeDetail } from '@/lib/catalog/types';

/** What the server says is wrong with answers, by input; what it only warns of is told beside the plan. */
export function serverComplaints(problems: PlanView['problems'], refused: { path: string; message: string }[]): Map<string, string> {
  const wrong = problems.filter(({ severity }) => severity === 'error');
  const all = [
    ...wrong.map((problem) => ({ path: problem.field ?? '', message: problem.detail })),
    ...wrong.flatMap((problem) => problem.fields ?? []),
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
  // the step has to be drawn first, and what a placement names has to be read from the site
  const end = Date.now() + 5000;
  const hasControl = room === 'inputs' || field.endsWith('.flavor') || field.endsWith('.image');
  const find = () => {
    const late = Date.now() > end;
    const control = document.getElementById(field) ?? (late || !hasControl ? nearest(room, name) : null);
    if (control) {
      control.scrollIntoView({ block: 'center' });
      control.focus();
    } else if (!late) setTimeout(find, 50);
  };
  setTimeout(find, 50);
}

function nearest(room: string, name: string): HTMLElement | null {
  return document.getElementById(`${room}.${name}.flavor`) ?? document.querySelector<HTMLElement>('input[type=radio]:checked');
}
