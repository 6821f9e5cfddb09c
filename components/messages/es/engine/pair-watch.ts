/** What is said of watching pairs, and of giving their work to one side, by its English sentence. */
export const pairWatch = {
  'The cluster “{}” is part of a pair': 'El clúster «{1}» es parte de una pareja',
  'The other cluster would go on handing it work, or keep the keys of its storage.':
    'El otro clúster seguiría pasándole trabajos, o conservaría las claves de su almacenamiento.',
  'Take the pairs out first.': 'Retire antes las parejas.',
  'The demo could not be begun': 'La demostración no se pudo empezar',
  'One of its two clusters did not answer.': 'Uno de sus dos clústeres no respondió.',
  'A change would empty the secrets of “{}”': 'Un cambio vaciaría los secretos de «{1}»',
  'The service has secrets that its cluster tells nobody, and every change writes all of a service anew.':
    'El servicio tiene secretos que su clúster no dice a nadie, y cada cambio escribe de nuevo todo el servicio.',
  'Change the service yourself and type its secrets in again, or move them into the image or a bucket.':
    'Cambie usted mismo el servicio y vuelva a escribir sus secretos, o páselos a la imagen o a un bucket.',
  'Only for a pair that was made whole a refresh token is kept.': 'Solo se guarda un token de refresco para una pareja que se creó entera.',
  'Only of a pair that was made whole the threshold can be set.': 'El umbral solo se puede fijar en una pareja que se creó entera.',
  'Only of a pair that was made whole work can be moved to one side.':
    'Solo se puede llevar el trabajo a un lado en una pareja que se creó entera.',
  'A side of “{}” is being drained already': 'Ya se está vaciando un lado de «{1}»',
  'One drain or drill of a pair goes on at a time.': 'De una pareja se hace un vaciado o un simulacro a la vez.',
  'End that one first.': 'Termine antes ese.',
  'What was made of it was taken back. Make it again, if it is still wanted.':
    'Lo que se había creado se deshizo. Créela de nuevo, si aún se quiere.',
  'The cluster “{}” is gone': 'El clúster «{1}» ya no está',
  'It went with its deployment. The service on the other cluster stays, for itself: nothing is handed on any more.':
    'Se fue con su despliegue. El servicio del otro clúster se queda, por su cuenta: ya no se pasa nada.',
  'Take the pair out, and say then whether that service stays.': 'Retire la pareja, y diga entonces si ese servicio se queda.',
  'Somebody removed it there, so nothing of this pair can cross.': 'Alguien lo quitó allí, así que de esta pareja no puede cruzar nada.',
  'Take the pair out, and make it again if it is still wanted.': 'Retire la pareja, y créela de nuevo si aún se quiere.',
  '“{}” can’t be changed without its refresh token': '«{1}» no se puede cambiar sin su token de refresco',
  'An origin of release 4.1 takes a change of such a service only together with its refresh token, and none is kept for this pair.':
    'Un origen de la versión 4.1 solo acepta un cambio de un servicio así junto con su token de refresco, y para esta pareja no se guarda ninguno.',
  'Give the refresh token with it, or have Transat keep it at the pair.':
    'Dé el token de refresco con el cambio, o haga que Transat lo guarde en la pareja.',
  'Give the refresh token again, or have Transat keep it at the pair.':
    'Dé de nuevo el token de refresco, o haga que Transat lo guarde en la pareja.',
  'The pair “{}” needs no refresh token': 'La pareja «{1}» no necesita ningún token de refresco',
  'Only an origin of release 4.1 signs in to its worker with one.':
    'Solo un origen de la versión 4.1 inicia sesión en su ayudante con uno.',
  'Give none: nothing was kept.': 'No dé ninguno: no se guardó nada.',
  'The refresh token of “{}” is needed just now': 'El token de refresco de «{1}» hace falta ahora mismo',
  'New work is being sent to the worker. The origin can’t be told to work as before without the token.':
    'El trabajo nuevo se está enviando al ayudante. Sin el token no se le puede decir al origen que trabaje como antes.',
  'End the drain or drill first.': 'Termine antes el vaciado o el simulacro.',
  'OSCAR takes only a refresh token that is a JWT and names its issuer and its client (`iss`, `azp`).':
    'OSCAR solo acepta un token de refresco que sea un JWT y nombre a su emisor y a su cliente (`iss`, `azp`).',
  'This refresh token has ended. Get a new one.': 'Este token de refresco ya caducó. Consiga uno nuevo.',
  '“{}” has other workers, too': '«{1}» tiene también otros ayudantes',
  'A change of the origin’s service would be written over theirs. Nothing was changed.':
    'Un cambio del servicio del origen se escribiría sobre los suyos. No se cambió nada.',
  'Take the other members out at the origin, or leave it as it is.': 'Quite los otros miembros en el origen, o déjelo como está.',
  '“{}” is being changed just now': '«{1}» se está cambiando ahora mismo',
  'Its origin is being told of its worker.': 'Se le está diciendo a su origen cuál es su ayudante.',
  'Try again in a moment.': 'Inténtelo de nuevo en un momento.',
} as const satisfies Record<string, string>;
