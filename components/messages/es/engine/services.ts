/** What is said of clusters, their services and buckets, by its English sentence. */
export const services = {
  'There is a bucket “{}” already; it may be somebody else’s.': 'Ya hay un bucket «{1}»; puede ser de otra persona.',
  'The bucket “{}” belongs to a service': 'El bucket «{1}» es de un servicio',
  'It came with the service “{}”, which reads and writes it.': 'Vino con el servicio «{1}», que lo lee y lo escribe.',
  'Remove the service: its buckets go with it. Or remove the files one by one.':
    'Quite el servicio: sus buckets se van con él. O quite los ficheros uno a uno.',
  'Something else is being changed on this cluster': 'En este clúster se está cambiando otra cosa',
  'Each change makes the cluster’s storage start again, so they are made one after the other.':
    'Cada cambio hace que el almacenamiento del clúster arranque de nuevo, así que se hacen uno tras otro.',
  'A cluster has no password': 'Un clúster no tiene contraseña',
  'Your sign-in is not sent to this host, so that nobody gets it by a cluster you add. Use the password, or ask the operator of Transat to name the host (`tokenHosts`).':
    'Su sesión no se envía a este servidor, para que nadie la obtenga con un clúster que usted añada. Use la contraseña, o pida al operador de Transat que nombre el servidor (`tokenHosts`).',
  'Your sign-in is not sent to “{}”': 'Su sesión no se envía a «{1}»',
  'Give the password again: the one that is kept was given for another address.':
    'Dé de nuevo la contraseña: la que se guarda se dio para otra dirección.',
  'You have this cluster already, as “{}”.': 'Ya tiene este clúster, como «{1}».',
  'You have a cluster of this name already.': 'Ya tiene un clúster con este nombre.',
  '“{}” belongs to a deployment': '«{1}» es de un despliegue',
  'It came with the deployment that made it, is reached as that says, and goes with it.':
    'Vino con el despliegue que lo creó, se llega a él como dice este, y se va con él.',
  'Delete the deployment to be rid of the cluster.': 'Borre el despliegue para librarse del clúster.',
  'You have {} clusters': 'Tiene {1} clústeres',
  'A person can keep {} clusters at most.': 'Una persona puede guardar como mucho {1} clústeres.',
  'Remove one that you no longer use.': 'Quite uno que ya no use.',
  'plan a pair': 'planificar una pareja',
  'prove a pair': 'probar una pareja',
  'take out a pair': 'retirar una pareja',
  'make a pair': 'crear una pareja',
  'There is a service “{}” on this cluster.': 'En este clúster hay un servicio «{1}».',
  'A service of that name is there already': 'Ya hay un servicio con ese nombre',
  'Look at what would change and change that one, or choose another name.': 'Mire qué cambiaría y cambie ese, o elija otro nombre.',
  'The file': 'El fichero',
  'is no service': 'no es un servicio',
  'This is no YAML.': 'Esto no es YAML.',
  'Use 1 to 39 small letters, digits and dashes, with a letter or digit at both ends: Kubernetes takes no other name.':
    'Use de 1 a 39 letras minúsculas, cifras y guiones, con una letra o cifra en ambos extremos: Kubernetes no acepta otro nombre.',
  'Name the container image.': 'Nombre la imagen del contenedor.',
  'The cluster takes images of {} only.': 'El clúster solo acepta imágenes de {1}.',
  'Write what is to be run in the container.': 'Escriba lo que se ejecutará en el contenedor.',
  'The script has {} MB; Kubernetes keeps less than 1 MB of it. Put what is large into the image or a bucket.':
    'El script tiene {1} MB; Kubernetes guarda menos de 1 MB. Ponga lo grande en la imagen o en un bucket.',
  'Write cores as a plain number, such as 0.5.': 'Escriba los núcleos como un número simple, como 0.5.',
  'Write memory with its unit, such as 256Mi or 2Gi.': 'Escriba la memoria con su unidad, como 256Mi o 2Gi.',
  'The cluster lets in {}.': 'El clúster admite {1}.',
  'no virtual organisation': 'ninguna organización virtual',
  '“{}” is no name for a variable.': '«{1}» no es nombre para una variable.',
  'Type it in: a cluster tells no secret again, and a change writes them all anew.':
    'Escríbalo: un clúster no vuelve a decir ningún secreto, y un cambio los escribe todos de nuevo.',
  'Write {} in the place of {}: OSCAR reads cores as a plain number.':
    'Escriba {1} en lugar de {2}: OSCAR lee los núcleos como un número simple.',
  'Files can arrive in the cluster’s own MinIO, in dCache (webdav) and in Rucio.':
    'Los ficheros pueden llegar al MinIO del propio clúster, a dCache (webdav) y a Rucio.',
  'Write bucket/folder: OSCAR watches a folder, never all of a bucket.':
    'Escriba bucket/carpeta: OSCAR vigila una carpeta, nunca todo un bucket.',
  'Write bucket/folder: OSCAR does not take a bucket alone for one.': 'Escriba bucket/carpeta: OSCAR no toma por tal un bucket solo.',
  '“{}” is no name for a bucket: use 3 to 63 small letters, digits, dots and dashes.':
    '«{1}» no es nombre para un bucket: use de 3 a 63 letras minúsculas, cifras, puntos y guiones.',
  'The bucket “{}” is there already{}: OSCAR makes those of a new service itself.':
    'El bucket «{1}» ya existe{2}: OSCAR crea él mismo los de un servicio nuevo.',
  ', of the service “{}”': ', del servicio «{1}»',
  'One input lies within another: MinIO would not take the second notification.':
    'Una entrada está dentro de otra: MinIO no aceptaría el segundo aviso.',
  'With a change, OSCAR of this release empties the program of a service that is exposed. Remove it and make it anew with oscar-cli in the place of changing it.':
    'Con un cambio, OSCAR de esta versión vacía el programa de un servicio expuesto. Elimínelo y créelo de nuevo con oscar-cli en lugar de cambiarlo.',
  'OSCAR begins to watch no other folder of “{}” once that is there: choose a bucket that is not there yet, or make another service.':
    'OSCAR no empieza a vigilar otra carpeta de «{1}» cuando ese ya existe: elija un bucket que aún no exista, o cree otro servicio.',
  'Another input is in “{}”, and OSCAR makes a bucket for one input alone: choose another bucket.':
    'Otra entrada está en «{1}», y OSCAR crea un bucket para una sola entrada: elija otro bucket.',
  'Only its owner sees it: OSCAR sets no other rights with the cluster’s own password, and none at all up to 3.5.':
    'Solo lo ve su dueño: OSCAR no pone otros permisos con la contraseña propia del clúster, y ninguno hasta 3.5.',
  'It lies within an input: each result would start a job again, without an end.':
    'Está dentro de una entrada: cada resultado empezaría de nuevo un trabajo, sin fin.',
} as const satisfies Record<string, string>;
