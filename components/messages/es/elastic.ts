import type { elastic as english } from '../en/elastic';
import type { Message } from '../types';

/** Grupos de nodos que vienen y se van según su cola. */
export const elastic: Record<keyof typeof english, Message> = {
  'elastic.title': 'Nodos según la cola',
  'elastic.bounds': 'son ahora {count}, y pueden ser de {least} a {most}',
  'elastic.queue.pods': { one: '{count} pod espera,', other: '{count} pods esperan,' },
  'elastic.queue.jobs': { one: '{count} trabajo espera,', other: '{count} trabajos esperan,' },
  'elastic.nothingHeard': 'Aún no se sabe nada de la cola',
  'elastic.idle': { one: 'un nodo se va tras {count} minuto sin trabajo', other: 'un nodo se va tras {count} minutos sin trabajo' },
  'elastic.decisions': 'Lo último que se decidió de {label}',
};
