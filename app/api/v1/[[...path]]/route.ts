import { answerApi, leadApiPastNext } from '@/lib/api';

export const dynamic = 'force-dynamic';
leadApiPastNext();

export { answerApi as DELETE, answerApi as GET, answerApi as PATCH, answerApi as POST, answerApi as PUT };
