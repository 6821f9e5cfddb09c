/** What is said of pairs of OSCAR clusters, by its English sentence. */
export const pairs = {
  'These two clusters can’t be this pair yet': 'Estos dos clústeres aún no pueden ser esta pareja',
  'Something stands against it on one of them. Nothing was made.': 'Algo se opone en uno de ellos. No se creó nada.',
  'Look at both sides first: each thing is said there with what mends it.':
    'Mire antes ambos lados: allí se dice cada cosa con lo que la arregla.',
  'There is a pair “{}” on this cluster already': 'Ya hay una pareja «{1}» en este clúster',
  'It stands, is being made just now, or was left half made.': 'Está en pie, se está creando ahora, o quedó a medio hacer.',
  'Take that one out first, or choose another name.': 'Retire antes esa, o elija otro nombre.',
  'The pair “{}” was taken out while it was being made': 'La pareja «{1}» se retiró mientras se creaba',
  'What was made of it until then is taken back.': 'Lo que se había creado de ella se deshace.',
  'Make it again, if it is still wanted.': 'Créela de nuevo, si aún se quiere.',
  'You have {} pairs': 'Tiene {1} parejas',
  'A person can keep {} pairs at most.': 'Una persona puede tener como mucho {1} parejas.',
  'Take out one that you no longer use.': 'Retire una que ya no use.',
  'The service “{}” is gone from “{}”': 'El servicio «{1}» ya no está en «{2}»',
  'Somebody removed it while the pair was being made.': 'Alguien lo quitó mientras se creaba la pareja.',
  'Make the pair again.': 'Cree la pareja de nuevo.',
  '“{}” did not take the service of the other': '«{1}» no tomó el servicio del otro',
  '“{}” was changed here, but not everywhere': '«{1}» se cambió aquí, pero no en todas partes',
  'Clusters that it hands work to did not take the change, and go on with what they had.':
    'Los clústeres a los que pasa trabajo no tomaron el cambio, y siguen con lo que tenían.',
  'Check that they answer and take your sign-in, then save it once more.':
    'Compruebe que responden y aceptan su sesión, y guárdelo otra vez.',
  'The first cluster knows its worker now, but could not give it the service’s definition.':
    'El primer clúster ya conoce a su ayudante, pero no pudo darle la definición del servicio.',
  'Check that both clusters reach each other and take your sign-in, then make the pair again.':
    'Compruebe que ambos clústeres se alcanzan y aceptan su sesión, y cree la pareja de nuevo.',
  'The pair “{}” does not stand': 'La pareja «{1}» no está en pie',
  'Only a pair that was made whole can be proved.': 'Solo se puede probar una pareja que se creó entera.',
  'It was cut off': 'Se interrumpió',
  'Transat was stopped while it was at work on this.': 'Transat se detuvo mientras trabajaba en esto.',
  'Prove it again: that takes away what was left.': 'Pruébela de nuevo: eso retira lo que quedó.',
  'Take it out and make it again.': 'Retírela y créela de nuevo.',
  '“{}” is being proved already': '«{1}» ya se está probando',
  'One proof of a pair goes on at a time.': 'De una pareja se hace una prueba a la vez.',
  'Follow that one on the page of the pair.': 'Siga esa en la página de la pareja.',
  'The proof needs what the pair needed': 'La prueba necesita lo que necesitó la pareja',
  'The service that is sent across is made as the pair was, and something for that is missing.':
    'El servicio que se envía al otro lado se crea como la pareja, y falta algo para ello.',
  'What was made of it was taken back. Make it again, if it is still wanted.':
    'Lo que se había creado se deshizo. Créela de nuevo, si aún se quiere.',
  'Somebody removed it there, so nothing of this pair can cross.': 'Alguien lo quitó allí, así que nada de esta pareja puede cruzar.',
  'Take the pair out, and make it again if it is still wanted.': 'Retire la pareja, y créela de nuevo si aún se quiere.',
  'A change would empty the secrets of “{}”': 'Un cambio vaciaría los secretos de «{1}»',
  'The service has secrets that its cluster tells nobody, and every change writes all of a service anew.':
    'El servicio tiene secretos que su clúster no dice a nadie, y cada cambio escribe de nuevo todo un servicio.',
  'Change the service yourself and type its secrets in again, or move them into the image or a bucket.':
    'Cambie usted el servicio y escriba de nuevo sus secretos, o páselos a la imagen o a un bucket.',
  'Only of a pair that was made whole work can be moved to one side.':
    'Solo en una pareja que se creó entera se puede pasar el trabajo a un lado.',
  'A side of “{}” is being drained already': 'Un lado de «{1}» ya se está vaciando',
  'One drain or drill of a pair goes on at a time.': 'De una pareja se hace un vaciado o simulacro a la vez.',
  'End that one first.': 'Termine antes ese.',
  'The cluster “{}” is gone': 'El clúster «{1}» ya no está',
  'It went with its deployment. The service on the other cluster stays, for itself: nothing is handed on any more.':
    'Se fue con su despliegue. El servicio del otro clúster queda, por sí mismo: ya no se cede nada.',
  'Take the pair out, and say then whether that service stays.': 'Retire la pareja, y diga entonces si ese servicio se queda.',
  'Only of a pair that was made whole the threshold can be set.': 'Solo en una pareja que se creó entera se puede fijar el umbral.',
  'The cluster “{}” is part of a pair': 'El clúster «{1}» es parte de una pareja',
  'The other cluster would go on handing it work, or keep the keys of its storage.':
    'El otro clúster seguiría cediéndole trabajo, o conservaría las claves de su almacenamiento.',
  'Take the pairs out first.': 'Retire antes las parejas.',
  'The demo could not be begun': 'No se pudo empezar la demostración',
  'One of its two clusters did not answer.': 'Uno de sus dos clústeres no respondió.',
  'A rule of the operator keeps this data elsewhere': 'Una regla del operador mantiene estos datos en otro lugar',
  'Put it on a cluster of that shore.': 'Póngalo en un clúster de esa orilla.',
  'A rule of yours keeps this data elsewhere': 'Una regla suya mantiene estos datos en otro lugar',
  'What is in {} stays on the shore “{}”. Nothing was sent.': 'Lo que hay en {1} se queda en la orilla «{2}». No se envió nada.',
  'Put it on a cluster of that shore, or change the rule on the page of both shores.':
    'Póngalo en un clúster de esa orilla, o cambie la regla en la página de ambas orillas.',
  'A pair that stands moves this data': 'Una pareja que está en pie mueve estos datos',
  'It would break the rule: {}. Nothing was changed.': 'Rompería la regla: {1}. No se cambió nada.',
  'Take the pair out first, or set another rule.': 'Retire antes la pareja, o ponga otra regla.',
  'There is a rule for this place already': 'Ya hay una regla para este lugar',
  'A folder of a bucket has one rule.': 'Una carpeta de un bucket tiene una regla.',
  'Remove that one first.': 'Quite antes esa.',
  'You have {} rules': 'Tiene {1} reglas',
  'A person can set {} rules at most.': 'Una persona puede poner como mucho {1} reglas.',
  'Remove one that you no longer need.': 'Quite una que ya no necesite.',
  'A rule that data stays names the shore; no other does.': 'Una regla de que los datos se quedan nombra la orilla; ninguna otra lo hace.',
};
