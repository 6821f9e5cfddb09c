import { type BrowserContext, expect, type Page } from '@playwright/test';
import { en } from '@/components/messages/en';
import { engineOf, type SayEngine } from '@/components/messages/engine';
import { es } from '@/components/messages/es';
import { engine } from '@/components/messages/es/engine';
import type { Message } from '@/components/messages/types';
import { englishIn } from '@/scripts/lib/english';

/** What is not ours to translate: what is typed or run, and what others said, which is marked where it is drawn. */
const apart = 'code, pre, kbd, samp, script, style, noscript, blockquote, [lang=en], [translate=no]';

/** What the product says in English and in Spanish. */
export interface Known {
  /** English texts that Spanish says otherwise, where nothing is filled in */
  texts: ReadonlySet<string>;
  /** the engine in Spanish: what it says otherwise was English; left out: only whole sentences are looked for */
  said?: SayEngine;
}

/** Everything that the product and its recipes say; of any signed-in page. */
export async function readKnown(page: Page): Promise<Known> {
  const { texts } = (await (await page.request.get('/api/v1/recipe-texts?language=es')).json()) as { texts: Record<string, string> };
  // else half of the rule holds nothing
  expect(Object.keys(texts).length).toBeGreaterThan(200);
  return { texts: englishOfOurs({ ...engine.sentences, ...texts }), said: engineOf({ ...engine, recipes: texts }) };
}

/** In which language all pages speak from now on. */
export async function speak(context: BrowserContext, language: 'en' | 'es', url = ''): Promise<void> {
  await context.addCookies([{ name: 'transat-language', value: language, url }]);
}

/** What of the page is English: its title, its texts, and what controls are called. */
export async function english(page: Page, { texts: ours, said }: Known): Promise<string[]> {
  const texts = await page.evaluate((without) => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(without)) found.push(node.textContent ?? '');
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (!element.closest(without)) found.push(element.getAttribute(name) ?? '');
    return found;
  }, apart);
  // a page that says nothing proves nothing
  expect(texts.length).toBeGreaterThan(10);
  const unsaid = [...new Set(texts.map((text) => text.trim()))].filter(
    (text) => text.includes(' ') && said !== undefined && said(text) !== text,
  );
  return [...new Set([...englishIn(texts, ours), ...unsaid])];
}

/** English texts of the product that Spanish says otherwise, where nothing is filled in. */
function englishOfOurs(said: Record<string, string>): Set<string> {
  const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
  const spanish = new Set([...Object.values(es).flatMap(forms), ...Object.values(said)]);
  const all = [...Object.values(en).flatMap(forms), ...Object.keys(said)];
  // a name is a word of both, and a single small word (`machine`) may be a name of somebody's
  return new Set(all.filter((text) => !spanish.has(text) && !text.includes('{') && /^\p{Lu}/u.test(text)));
}
