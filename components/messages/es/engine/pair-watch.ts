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
  'Only of a pair that was made whole the threshold can be set.': 'El umbral solo se puede fijar en una pareja que se creó entera.',
  'The threshold of “{}” can’t be set at an origin of 4.1': 'El umbral de «{1}» no se puede fijar en un origen de la versión 4.1',
  'That release takes a change of such a service only together with its refresh token, which Transat does not keep.':
    'Esa versión solo acepta un cambio de un servicio así junto con su token de refresco, que Transat no guarda.',
  'Take the pair out and make it again with another threshold.': 'Retire la pareja y créela de nuevo con otro umbral.',
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
  '“{}” can’t be drained at an origin of 4.1': '«{1}» no se puede vaciar en un origen de la versión 4.1',
  'That release takes a change of such a service only together with its refresh token, which Transat does not keep: it could not be undone by itself.':
    'Esa versión solo acepta un cambio de un servicio así junto con su token de refresco, que Transat no guarda: no se podría deshacer solo.',
  'Drain the worker instead, or put files in at the other cluster meanwhile.':
    'Vacíe el ayudante en su lugar, o entretanto ponga los ficheros en el otro clúster.',
} as const satisfies Record<string, string>;
