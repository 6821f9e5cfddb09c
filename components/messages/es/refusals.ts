import type { refusals as en } from '../en/refusals';
import type { Message } from '../types';

export const refusals: Record<keyof typeof en, Message> = {
  'refusal.quota-exceeded.title': 'La cuota de su proyecto está agotada',
  'refusal.quota-exceeded.why': 'Cuenta todo lo que hay en el proyecto, también lo que han creado otras personas.',
  'refusal.quota-exceeded.do':
    'Pida menos, borre lo que ya no haga falta en este proyecto, elija otro sitio o pida al sitio una cuota mayor.',
  'refusal.addresses-exhausted.title': 'A la red no le quedan direcciones',
  'refusal.addresses-exhausted.what': 'Todas las direcciones de la red de la que se pidió una están ocupadas.',
  'refusal.addresses-exhausted.why':
    'Todos los proyectos del sitio comparten las direcciones: puede quedar cuota en el suyo y no quedar ninguna dirección.',
  'refusal.addresses-exhausted.do':
    'Libere una dirección pública que no se use, elija otra red u otro sitio, o pida más direcciones a quienes operan el sitio.',
  'refusal.network-unreachable.title': 'Ningún router lleva de la red de los nodos a las direcciones públicas',
  'refusal.network-unreachable.what': 'Desde la red en la que están los nodos no se llega a la red de las direcciones públicas.',
  'refusal.network-unreachable.why': 'La red no tiene router, o el que tiene lleva a otra parte.',
  'refusal.network-unreachable.do': 'Elija una red con un router hacia las direcciones públicas, o ninguna para que se cree una.',
  'refusal.port-in-use.title': 'El puerto o su dirección están ocupados',
  'refusal.port-in-use.what': 'Otra cosa ocupa el puerto, o la dirección que debía tener.',
  'refusal.port-in-use.why': 'Entretanto se asignó a algo ajeno a este despliegue.',
  'refusal.port-in-use.do': 'Reinténtelo. Si sigue igual, libérelo en el panel del propio sitio o elija otra red.',
  'refusal.security-groups-refused.title': 'La red no admite grupos de seguridad',
  'refusal.security-groups-refused.what':
    'Los puertos de esta red no tienen seguridad de puerto y, por tanto, tampoco grupos de seguridad.',
  'refusal.security-groups-refused.why': 'Quienes la operan han desactivado allí la seguridad de puerto.',
  'refusal.security-groups-refused.do': 'Elija otra red, o ninguna para que se cree una.',
  'refusal.zone-mismatch.title': 'El servidor y su volumen están en zonas distintas',
  'refusal.zone-mismatch.what': 'Este sitio solo conecta volúmenes dentro de una misma zona de disponibilidad.',
  'refusal.zone-mismatch.why': 'El volumen se creó en otra zona que el servidor.',
  'refusal.zone-mismatch.do': 'Reinténtelo: se crean los dos de nuevo. Si sigue igual, despliegue sin volumen o en otro sitio.',
  'refusal.zone-not-found.title': 'La zona de disponibilidad no existe en el sitio',
  'refusal.zone-not-found.what': 'El sitio no tiene esa zona de disponibilidad, o está cerrada para su proyecto.',
  'refusal.zone-not-found.why': 'La zona se cerró después de elegirla, o pertenece a otro servicio.',
  'refusal.zone-not-found.do': 'Despliegue de nuevo: las zonas se leen otra vez.',
};
