import { answerSignIn, answerSignOut } from '@/lib/auth';
import { newId } from '@/lib/core/ids';
import { ledOn } from './http/led-on';
import { respondProblem } from './http/reply';
import { getServices } from './services';

/** Answers the rest below /api/auth: next-auth's pages of signing in, and its own way of signing out, which ends as much as ours. */
export async function answerSigningIn(request: Request, context: Parameters<typeof answerSignIn>[1]): Promise<Response> {
  try {
    const { desk } = await getServices();
    return ledOn(request, await answerSignIn(request, context, (person) => desk.leave(person)));
  } catch (error) {
    return respondProblem(error, newId('req'));
  }
}

/** POST /api/auth/sign-out: signs out here, at the provider, and at the sites. */
export async function answerLeaving(request: Request): Promise<Response> {
  try {
    const { desk } = await getServices();
    return ledOn(request, await answerSignOut(request, (person) => desk.leave(person)));
  } catch (error) {
    return respondProblem(error, newId('req'));
  }
}
