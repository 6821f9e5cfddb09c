import { answerApi, leadNodesPastNext } from '@/lib/api';

export const dynamic = 'force-dynamic';
leadNodesPastNext();

export { answerApi as DELETE, answerApi as GET, answerApi as PATCH, answerApi as POST, answerApi as PUT };
