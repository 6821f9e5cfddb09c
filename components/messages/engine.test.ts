import { describe, expect, it } from 'vitest';
import { engineOf, type SayEngine } from './engine';
import { engine } from './es/engine';

// anew each time: it keeps what it has said
const say: SayEngine = (text, how) => engineOf(engine)(text, how);

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
    // of a field or a line of a recipe
    ['inputs.count: It must be a whole number.', 'inputs.count: Debe ser un número entero.'],
    ['The body: It must be text.', 'El cuerpo: Debe ser un texto.'],
    // a phrase in a sentence, and what two words become
    ['Lab did not create the bucket fish.', 'Lab no pudo crear el bucket fish.'],
    [
      'The certificate of the compute service of Lab (https://lab) could not be verified, so nothing was sent to it.',
      'No se pudo comprobar el certificado del servicio cómputo de Lab (https://lab), así que no se le envió nada.',
    ],
    // lists of names and of words, and several things in one
    ['Asked to stop w-1, w-2 (slurm)', 'Se pidió parar w-1, w-2 (slurm)'],
    [
      'w-1, w-2 and 3 more nodes have nothing to do any more, and are deleted',
      'w-1, w-2 y 3 nodos más ya no tienen nada que hacer, y se borran',
    ],
    [
      'Delete those deployments and leases first, or say that you are sure (`inUse=true`).',
      'Borre antes despliegues y reservas, o indique que está seguro (`inUse=true`).',
    ],
    [
      'The quota of your project at Lab is met. cores: 18 of 20 are used and 8 more were asked for; ports: 5 of 5 are used.',
      'Su proyecto en Lab ha llegado a su cuota. núcleos: 18 de 20 en uso, y se pidieron 8 más; puertos: 5 de 5 en uso.',
    ],
    [
      'A lease at Lab may last 2 days 3 hours, and 9 days are asked for.',
      'Una reserva en Lab puede durar 2 días 3 horas, y se piden 9 días.',
    ],
    // a site’s own words would fit a short sentence of ours
    ['Lab says: Connection refused', 'Lab dice: Connection refused'],
  ])('%s', (english, spanish) => expect(say(english)).toBe(spanish));

  it('of several sentences each is said, and what has none stays', () =>
    expect(say('It is deleted. It is something odd. Leave it empty.')).toBe('Está borrado. It is something odd. Déjelo vacío.'));

  it('of what others said only a word of ours for what they did not say', () => {
    expect(say('an answer of another form', 'quoted')).toBe('una respuesta de otra forma');
    expect(say('status 502, without a word', 'quoted')).toBe('estado 502, sin una palabra');
    expect(say('It is deleted. It was the wolf', 'quoted')).toBe('It is deleted. It was the wolf');
    expect(say('Connection refused', 'quoted')).toBe('Connection refused');
    expect(say('Connection refused')).toBe('Connection lo rechazó');
  });

  it('long and hostile words take no time', () => {
    const hostile = `${'The X is ready at '.repeat(100)}: ( , GiB disk) `;
    const speaker = engineOf(engine);
    const began = performance.now();
    speaker(hostile);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('what recipes say', () => {
  const recipes = {
    ...engine,
    recipes: {
      Workers: 'Nodos de trabajo',
      'Control plane': 'Plano de control',
      Europe: 'Europa',
      machine: 'máquina',
      'Start it': 'Arrancarlo',
    },
  };
  const spoken: SayEngine = (text) => engineOf(recipes)(text);
  it.each([
    ['alone', 'Workers', 'Nodos de trabajo'],
    ['with a line’s end', 'Control plane\n', 'Plano de control'],
    ['in a sentence', 'Firewall of Workers: 3 rules', 'Cortafuegos de Nodos de trabajo: 3 reglas'],
    ['in what is kept of a step', 'workers-1: Start it is done (5 s)', 'workers-1: Arrancarlo está hecho (5 s)'],
    ['of a part that holds another recipe', 'Europe: Workers', 'Europa: Nodos de trabajo'],
    ['of such a part in a sentence', 'Firewall of Europe: Workers: 3 rules', 'Cortafuegos de Europa: Nodos de trabajo: 3 reglas'],
    ['of the answer to a question', 'Control plane: It must be text.', 'Plano de control: Debe ser un texto.'],
    [
      'of the answer to a question of a part, in several sentences',
      'Europe: Workers: It is deleted. Leave it empty.',
      'Europa: Nodos de trabajo: Está borrado. Déjelo vacío.',
    ],
    ['but no name of a group', 'Its groups are machine.', 'Sus grupos son machine.'],
    ['but nothing that only begins like it', 'Europe: Elsewhere', 'Europe: Elsewhere'],
  ])('%s', (_, english, spanish) => expect(spoken(english)).toBe(spanish));
});
