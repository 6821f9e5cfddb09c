import { describe, expect, it } from 'vitest';
import { engineOf } from './engine';
import { engine } from './es/engine';

const say = engineOf(engine);

describe('what is filled in', () => {
  it.each([
    ['The security group sg-workers is made at Sandbox Europe', 'Se ha creado: grupo de seguridad sg-workers en Sandbox Europe'],
    [
      'This needs 9 servers at Lab; 2 of the project’s 4 are left (2 used).',
      'Esto necesita 9 servidores en Lab; quedan 2 de 4 del proyecto (2 en uso).',
    ],
    ['The network has no address left; trying again', 'A la red no le quedan direcciones; se intenta de nuevo'],
    // what a site said itself stays as it said it
    [
      'The network service of Lab refused (HTTP 400): The wolf is hungry',
      'El servicio red de Lab lo rechazó (HTTP 400): The wolf is hungry',
    ],
    ['Somebody’s own words', 'Somebody’s own words'],
  ])('%s', (english, spanish) => expect(say(english)).toBe(spanish));

  it('of several sentences each is said, and what has none stays', () =>
    expect(say('It is deleted. It is something odd. Leave it empty.')).toBe('Está borrado. It is something odd. Déjelo vacío.'));

  it('long and hostile words take no time', () => {
    const hostile = `${'The X is ready at '.repeat(100)}: ( , GiB disk) `;
    const began = performance.now();
    say(hostile);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('what recipes say', () => {
  const spoken = engineOf({
    ...engine,
    recipes: {
      Workers: 'Nodos de trabajo',
      'Control plane': 'Plano de control',
      Europe: 'Europa',
      machine: 'máquina',
      'Start it': 'Arrancarlo',
    },
  });
  it.each([
    ['alone', 'Workers', 'Nodos de trabajo'],
    ['with a line’s end', 'Control plane\n', 'Plano de control'],
    ['in a sentence', 'Firewall of Workers: 3 rules', 'Cortafuegos de Nodos de trabajo: 3 reglas'],
    ['in what is kept of a step', 'workers-1: Start it is done (5 s)', 'workers-1: Arrancarlo está hecho (5 s)'],
    ['of a part that holds another recipe', 'Europe: Workers', 'Europa: Nodos de trabajo'],
    ['of such a part in a sentence', 'Firewall of Europe: Workers: 3 rules', 'Cortafuegos de Europa: Nodos de trabajo: 3 reglas'],
    ['but no name of a group', 'Its groups are machine.', 'Sus grupos son machine.'],
    ['but nothing that only begins like it', 'Europe: Elsewhere', 'Europe: Elsewhere'],
  ])('%s', (_, english, spanish) => expect(spoken(english)).toBe(spanish));
});
