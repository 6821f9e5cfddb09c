import { answerMetrics } from '@/lib/api';

export const dynamic = 'force-dynamic';
export { answerMetrics as GET };
