import type { strays as english } from '../en/strays';
import type { Message } from '../types';

/** Lo que quedó de los despliegues en los sitios, y lo que los despliegues perdieron. */
export const strays: Record<keyof typeof english, Message> = {
  'strays.title': 'Restos en los sitios',
  'strays.note':
    'Lo que hay en sus proyectos con el nombre de un despliegue suyo y no tiene ninguno: creado tarde, o dejado cuando algo se cortó. Cada proyecto se revisa una vez al día. De lo que hicieron otros no se muestra nada.',
  'strays.link': 'Restos en los sitios',
  'strays.look': 'Revisar ahora',
  'strays.found': { one: 'queda {count} resto', other: 'quedan {count} restos' },
  'strays.none': 'No queda ningún resto',
  'strays.noneNote': 'Cada proyecto en el que desplegó algo se revisa una vez al día.',
  'strays.looks': 'Proyectos',
  'strays.looked': 'Revisado',
  'strays.looking': 'Se está revisando',
  'strays.neverLooked': 'Aún sin revisar',
  'strays.notAll': 'No se pudo leer todo',
  'strays.of': 'creado para {name}',
  'strays.ofDeleted': 'creado para {name}, que está borrado',
  'strays.state.found': 'Resto',
  'strays.state.ignored': 'Ignorado',
  'strays.state.going': 'Se está borrando',
  'strays.state.stuck': 'No se dejó borrar',
  'strays.state.gone': 'Se fue: su sitio ya no lo muestra',
  'strays.adopt': 'Retomarlo',
  'strays.adoptNote': 'Al despliegue le falta, y puede seguir con él.',
  'strays.ignore': 'Ignorar',
  'strays.heed': 'Volver a tenerlo en cuenta',
  'strays.destroy': 'Destruir',
  'strays.destroyAll': { one: 'Destruir {count}', other: 'Destruir los {count}' },
  'strays.destroyTitle': { one: '¿Destruir {count} cosa en su sitio?', other: '¿Destruir {count} cosas en sus sitios?' },
  'strays.destroyNote': 'Lo guardado en máquinas y volúmenes se pierde. Cada una se ha ido cuando su sitio ya no la muestra.',
  'strays.lost': 'Lo que los despliegues han perdido',
  'strays.lostNote': 'Sus sitios ya no lo muestran. La página de cada despliegue permite crearlo de nuevo.',
  'strays.lostBy': 'de {name}',
};
