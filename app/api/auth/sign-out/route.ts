import { answerLeaving } from '@/lib/api';

export const dynamic = 'force-dynamic';
export { answerLeaving as POST };
