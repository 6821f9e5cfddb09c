import { expect, it } from 'vitest';
import { en } from '@/components/messages/en';
import { es } from '@/components/messages/es';
import { translator } from '@/components/messages/translate';
import type { Fault } from '@/lib/inputs/types';
import { complaintOf } from './check-input';

it.each<[Fault, string, string]>([
  [{ key: 'required' }, 'This needs an answer.', 'Esto necesita una respuesta.'],
  [{ key: 'least', limit: '10 GB' }, 'At least 10 GB.', 'Al menos 10 GB.'],
  [{ key: 'most', limit: '4' }, 'At most 4.', 'Como mucho 4.'],
  [{ key: 'above', limit: '3' }, 'More than 3.', 'Más de 3.'],
  [{ key: 'below', limit: '3' }, 'Less than 3.', 'Menos de 3.'],
  [{ key: 'range', min: '1', max: '16' }, 'From 1 to 16.', 'De 1 a 16.'],
  [{ key: 'equal', value: 'x' }, 'It must be x.', 'Debe ser x.'],
  [{ key: 'oneOf', values: 'a, b' }, 'One of: a, b.', 'Uno de: a, b.'],
  [{ key: 'minLength', count: 8, has: 5, of: 'characters' }, 'At least 8 long.', 'Longitud mínima: 8.'],
  [{ key: 'pattern', pattern: '[a-z]+' }, 'It must match [a-z]+.', 'Debe seguir el patrón [a-z]+.'],
  [{ key: 'tooLong', limit: 96 }, 'At most 96 characters.', 'Como mucho 96 caracteres.'],
  [
    { key: 'port', text: '0' },
    'Write a port as 8080, 8080/tcp or 9000-9010/udp.',
    'Escriba un puerto como 8080, 8080/tcp o 9000-9010/udp.',
  ],
  [
    { key: 'unless', label: 'Control planes', value: '3', because: 'They would part.' },
    'This can’t be used while “Control planes” is 3. They would part.',
    'Esto no se puede usar mientras «Control planes» sea 3. They would part.',
  ],
  [{ key: 'integer', entry: '2' }, 'Entry 2: Write a whole number.', 'Elemento 2: Escriba un número entero.'],
])('%j is said in both languages', (fault, english, spanish) => {
  expect(complaintOf(fault)(translator('en', en))).toBe(english);
  expect(complaintOf(fault)(translator('es', es))).toBe(spanish);
});
