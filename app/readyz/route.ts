import { answerReadiness } from '@/lib/api';

export const dynamic = 'force-dynamic';
export { answerReadiness as GET };
