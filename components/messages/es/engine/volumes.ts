/** What is said of volumes of clusters, by its English sentence. */
export const volumes = {
  'This cluster has no volumes: use a bucket.': 'Este clúster no tiene volúmenes: use un bucket.',
  'Name a volume that is there, or write the size of a new one.': 'Nombre un volumen que exista, o escriba el tamaño de uno nuevo.',
  'Use 1 to 63 small letters, digits and dashes, with a letter or digit at both ends.':
    'Use de 1 a 63 letras minúsculas, cifras y guiones, con una letra o cifra en ambos extremos.',
  'You have no volume “{}” there. Make it first, or write a size, so that it is made with the service.':
    'No tiene allí ningún volumen «{1}». Créelo antes, o escriba un tamaño para que se cree con el servicio.',
  'The volume “{}” is there already: leave the size empty to mount it.': 'El volumen «{1}» ya existe: deje el tamaño vacío para montarlo.',
  'Write the size with its unit, such as 500Mi or 5Gi.': 'Escriba el tamaño con su unidad, como 500Mi o 5Gi.',
  'Write where it is in the container, beginning with a slash, such as /data.':
    'Escriba dónde está en el contenedor, empezando con una barra, como /data.',
  'OSCAR has its own files there: choose another folder.': 'OSCAR tiene allí sus propios ficheros: elija otra carpeta.',
  'A service keeps the volume that it was made with, and gets none later: OSCAR changes that of no service. Make one of another name, or remove this one first.':
    'Un servicio conserva el volumen con el que se creó, y no recibe ninguno después: OSCAR no cambia el de ningún servicio. Cree uno con otro nombre, o quite antes este.',
  'You have a volume “{}” there already.': 'Ya tiene allí un volumen «{1}».',
  'You have {} left for volumes there: take a smaller one, or remove one that you don’t need.':
    'Le quedan {1} para volúmenes allí: tome uno más pequeño, o quite uno que no necesite.',
  'You have as many volumes there as you may: remove one that you don’t need.':
    'Tiene allí tantos volúmenes como puede: quite uno que no necesite.',
  'A volume may have {} there at most.': 'Un volumen puede tener allí {1} como mucho.',
  'A volume must have {} there at least.': 'Un volumen debe tener allí {1} como mínimo.',
  'It goes over what you may have there: take a smaller one, or remove one that you don’t need.':
    'Supera lo que puede tener allí: tome uno más pequeño, o quite uno que no necesite.',
  'This cluster has no volumes': 'Este clúster no tiene volúmenes',
  '“{}” is of a release before 4.0, or its operator switched them off.':
    '«{1}» es de una versión anterior a la 4.0, o su operador los desactivó.',
  'Keep files in a bucket.': 'Guarde los ficheros en un bucket.',
  'The volume “{}” is mounted': 'El volumen «{1}» está montado',
  'It is in use by: {}.': 'Lo usan: {1}.',
  'Remove these services first: none gives its volume back while it stands.':
    'Quite antes estos servicios: ninguno devuelve su volumen mientras exista.',
} as const satisfies Record<string, string>;
