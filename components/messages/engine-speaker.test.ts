import { expect, it } from 'vitest';
import { engineSpeaker } from './engine-speaker';

it('English has no chunk: the engine speaks it by itself', () => expect(engineSpeaker('en')).toBeUndefined());

it('a language is fetched once, and each who waits for it waits for the same', async () => {
  const first = engineSpeaker('es');
  expect(engineSpeaker('es')).toBe(first);
  const say = (await first)?.({ Workers: 'Nodos de trabajo' });
  expect(say?.('It is being changed.')).not.toBe('It is being changed.');
  expect(say?.('Workers')).toBe('Nodos de trabajo');
});
