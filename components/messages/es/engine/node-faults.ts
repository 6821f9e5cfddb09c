/** Why a machine came to no end, by its English sentence. */
export const nodeFaults = {
  'A disk of the machine is full.': 'Un disco de la máquina está lleno.',
  'Deploy with a flavor that has a larger disk, or with a larger volume: a retry meets the same disk.':
    'Despliegue con un flavor de disco mayor, o con un volumen mayor: reintentar da con el mismo disco.',
  'The machine ran out of memory, and its kernel ended the program.': 'La máquina se quedó sin memoria, y su núcleo terminó el programa.',
  'Deploy with a flavor that has more memory.': 'Despliegue con un flavor con más memoria.',
  'The clock of the machine is wrong, so that it takes certificates and lists of packages for bad ones.':
    'El reloj de la máquina va mal, así que da por malos los certificados y las listas de paquetes.',
  'Retry in some minutes: a machine sets its clock soon after its start. If it stays, tell the site’s support, or deploy at another site.':
    'Reintente en unos minutos: una máquina ajusta su reloj poco después de arrancar. Si sigue, avise al soporte del sitio, o despliegue en otro sitio.',
  'Another program of the machine held the lock of its packages, such as the updates that an image begins by itself.':
    'Otro programa de la máquina tenía el bloqueo de sus paquetes, como las actualizaciones que una imagen empieza por sí misma.',
  'Retry: such a program ends by itself.': 'Reintente: un programa así termina por sí mismo.',
  'The machine could not find out the address of a name: no name server of its network answers.':
    'La máquina no pudo averiguar la dirección de un nombre: no responde ningún servidor de nombres de su red.',
  'Retry. If it stays, choose another network, or tell the site’s support.':
    'Reintente. Si sigue, elija otra red, o avise al soporte del sitio.',
  'The machine does not take the certificate of a server that it downloads from.':
    'La máquina no acepta el certificado de un servidor del que descarga.',
  'Read in the log which server it is, and retry. If it stays, its certificate has ended, or something on the way puts its own in its place: tell the site’s support.':
    'Lea en el registro qué servidor es, y reintente. Si sigue, su certificado ha caducado, o algo en el camino pone el suyo en su lugar: avise al soporte del sitio.',
  'The machine could not fetch packages or files: what serves them does not answer, or no way leads there from its network.':
    'La máquina no pudo traer paquetes o ficheros: quien los sirve no responde, o desde su red no se llega hasta allí.',
  'Retry. If it stays, choose another network or site.': 'Reintente. Si sigue, elija otra red u otro sitio.',
  'The set-up of the machine by its image (cloud-init) failed, so that Transat’s agent may never have begun.':
    'Falló la preparación de la máquina por su imagen (cloud-init), así que quizá el agente de Transat nunca empezó.',
  'Retry builds the server anew. If it fails again, choose another image.':
    'Reintentar crea el servidor de nuevo. Si vuelve a fallar, elija otra imagen.',
  'The script ended at its line {}: {}': 'El script terminó en su línea {1}: {2}',
};
