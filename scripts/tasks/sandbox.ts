import { main } from '@/lib/sandbox/main';

await main(process.env);
