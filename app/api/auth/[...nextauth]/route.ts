import { answerSigningIn } from '@/lib/api';

export const dynamic = 'force-dynamic';
export { answerSigningIn as GET, answerSigningIn as POST };
