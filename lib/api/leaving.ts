import { answerSignOut } from '@/lib/auth';
import { newId } from '@/lib/core/ids';
import { respondProblem } from './http/reply';
import { getServices } from './services';

/** POST /api/auth/sign-out: signs out here, at the provider, and at the sites. */
export async function answerLeaving(request: Request): Promise<Response> {
  try {
    const { desk } = await getServices();
    return await answerSignOut(request, (person) => desk.leave(person));
  } catch (error) {
    return respondProblem(error, newId('req'));
  }
}
