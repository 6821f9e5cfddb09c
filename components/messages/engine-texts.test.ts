import { expect, it } from 'vitest';
import { engineTexts } from './engine-texts';
import { engine } from './es/engine';

it('English has no chunk: the engine speaks it by itself', () => expect(engineTexts('en')).toBeUndefined());

it('a language is fetched once, and each who waits for it waits for the same', async () => {
  const first = engineTexts('es');
  expect(engineTexts('es')).toBe(first);
  expect(await first).toEqual(engine);
});
