import { expect, it } from 'vitest';
import { es } from '@/components/messages/es';
import { engine } from '@/components/messages/es/engine';
import { englishIn } from './english';

const ours = new Set(['Workers', 'Log in']);

it.each([
  'The site did not answer in time.',
  'It is deleted.',
  'The least memory of a worker.',
  'A range of addresses; several are separated by commas. See there, or in the settings.',
  ' Log\n in ',
])('%j is English', (text) => expect(englishIn([text], ours)).toHaveLength(1));

it.each([
  'El servicio red de Lab lo rechazó (HTTP 400): The wolf is at the door of the house',
  'Nodos de trabajo',
  'Sandbox Europe',
  'OpenStack',
  'm1.small',
  'ubuntu 22.04, debian 12',
  '{from} lleva a {to}',
  'No',
  '',
])('%j is not', (text) => expect(englishIn([text], ours)).toEqual([]));

it('no Spanish sentence of ours looks English', () => {
  const messages = Object.values(es).flatMap((message) => (typeof message === 'string' ? message : Object.values(message)));
  expect(englishIn([...messages, ...Object.values(engine.sentences)], new Set())).toEqual([]);
});
