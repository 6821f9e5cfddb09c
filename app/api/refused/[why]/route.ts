import { answerRefused } from '@/lib/api';

export const dynamic = 'force-dynamic';
export const GET = async (_: Request, { params }: { params: Promise<{ why: string }> }) => answerRefused((await params).why);
