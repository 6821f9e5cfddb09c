import type { time as english } from '../en/time';
import type { Message } from '../types';

/** Lo que llega con el reloj para un despliegue. */
export const time: Record<keyof typeof english, Message> = {
  'time.line': 'Lo que llega con el reloj',
  'time.nothing': 'No tiene final',
  'time.change': 'Final y horario',
  'time.is.end': 'Acaba',
  'time.is.lease': 'Su reserva acaba',
  'time.is.credential': '«{name}» acaba',
  'time.is.certificate': '«{name}» caduca',
  'time.certificate': '«{name}» caduca pronto',
  'time.certificateNote':
    'Ejecute de nuevo los pasos de su máquina (en el menú del nodo): firman otro, con otra huella. Sus servicios se reinician en el camino.',
  'time.is.stop': 'Se para según su horario',
  'time.is.start': 'Arranca según su horario',
  'idle.title': '{name} no parece tener nada que hacer',
  'idle.last': 'Sus nodos trabajaron por última vez',
  'idle.note': 'Si se usa para otra cosa no se sabe aquí.',
  'time.ending': '{name} acaba pronto',
  'time.endingNote': 'Entonces se borra con todo lo que guarda: el',
  'time.longer': { one: '{count} día más', other: '{count} días más' },
  'time.title': 'Tiempo de {name}',
  'time.end': 'Acaba',
  'time.endHelp': 'Entonces se borra, como si usted lo pidiera. Vacío: no acaba por sí mismo.',
  'time.noEnd': 'Que no acabe por sí mismo',
  'time.noMoment': 'Dé una fecha y hora completas.',
  'time.schedule': 'Pararlo y arrancarlo según el reloj',
  'time.scheduleHelp':
    'Sus máquinas se apagan y encienden: lo que se ejecuta en ellas acaba, discos y direcciones se quedan. Si se arranca entre medias, sigue hasta la próxima parada.',
  'time.start': 'Arrancar a las',
  'time.stop': 'Parar a las',
  'time.zone': 'Según los relojes de {zone}, en los días elegidos.',
  'time.review': 'Cuándo acaba',
  'time.reviewNever': 'No por sí mismo',
  'time.reviewAfter': { one: 'Tras {count} día', other: 'Tras {count} días' },
  'time.reviewHelp': 'Se puede mover en cualquier momento; se le avisa antes.',
};
