import { answerHealth } from '@/lib/api';

export const dynamic = 'force-dynamic';
export { answerHealth as GET };
