import { queryOptions } from '@tanstack/react-query';

/** What the sign-in page asks of next-auth. */
export const signInQueries = {
  providers: () =>
    queryOptions({
      queryKey: ['sign-in', 'providers'],
      queryFn: async () => {
        // next-auth answers with a record of {id, name, …} by id, or null where there is none
        const answer: Record<string, { id: string; name: string }> | null = await read('/api/auth/providers');
        return Object.values(answer ?? {});
      },
    }),
  csrf: () =>
    queryOptions({
      queryKey: ['sign-in', 'csrf'],
      queryFn: async () => {
        const answer: { csrfToken: string } = await read('/api/auth/csrf');
        return answer.csrfToken;
      },
      staleTime: 0,
    }),
};

async function read<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
