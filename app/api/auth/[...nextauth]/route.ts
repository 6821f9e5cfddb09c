import { answerSignIn } from '@/lib/auth';

export const dynamic = 'force-dynamic';
export { answerSignIn as GET, answerSignIn as POST };
