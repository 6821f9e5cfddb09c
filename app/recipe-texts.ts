import { apiPath } from '@/components/api/client';
import type { Locale } from '@/components/messages/types';
import { answerApi } from '@/lib/api';

/** What recipes say in a language, asked within this process; none where they speak it by themselves, or where it can't be had: screens then say it in English. */
export async function recipeTexts(language: Locale): Promise<Record<string, string> | undefined> {
  if (language === 'en') return undefined;
  const response = await answerApi(new Request(new URL(apiPath('/recipe-texts', { language }), 'http://transat')));
  if (!response.ok) return undefined;
  // as the contract of the route says
  const { texts } = (await response.json()) as { texts: Record<string, string> };
  return texts;
}
