/** What is said of nodes and of what is asked of deployments, by its English sentence. */
export const nodes = {
  'The user data of {} is larger than Nova takes.': 'Los datos de usuario de {1} son mayores de lo que Nova acepta.',
  'The plan names a secret {} that was not made.': 'El plan nombra un secreto {1} que no se creó.',
  'The secret {} has no part {}.': 'El secreto {1} no tiene la parte {2}.',
  'Have the lease repaired, then retry: an empty change makes the site look at it anew.':
    'Haga que se repare la reserva y reintente: un cambio vacío hace que el sitio la mire de nuevo.',
  'Delete the deployment, and deploy again with a lease on other hosts.':
    'Borre el despliegue, y despliegue de nuevo con una reserva en otras máquinas.',
  'Delete the deployment, and deploy again with a new lease.': 'Borre el despliegue, y despliegue de nuevo con una reserva nueva.',
  'Ask the site’s help desk to bring the lease in order, then retry.':
    'Pida al soporte del sitio que ponga en orden la reserva, y reintente.',
  'The security group has no rule {}': 'El grupo de seguridad no tiene la regla {1}',
  'security group rule': 'regla de grupo de seguridad',
  'The address that is to be let in is not known': 'No se conoce la dirección que debe dejarse entrar',
  'A rule at {} lets in one address of another site, and that site does not tell it.':
    'Una regla en {1} deja entrar una dirección de otro sitio, y ese sitio no la dice.',
  'Retry. If it stays, open the port at the site by hand, or place both parts at one site.':
    'Reintente. Si sigue, abra el puerto en el sitio a mano, o ponga ambas partes en un mismo sitio.',
  'A rule does not show': 'Una regla no aparece',
  '{} took the rule, and does not list it.': '{1} aceptó la regla, y no la lista.',
  'It is tried again.': 'Se intenta de nuevo.',
  'Look in the list of your deployments.': 'Mire en la lista de sus despliegues.',
  'There are no steps to be run': 'No hay pasos que ejecutar',
  'The steps of {} were handed over, and it is ready or was given up.':
    'Los pasos de {1} se entregaron, y está listo o se dio por perdido.',
  'A retry hands over anew what it needs.': 'Al reintentar se entrega de nuevo lo que necesita.',
  'Its deployment was deleted, or the token is not the one of this node.': 'Se borró su despliegue, o el token no es el de este nodo.',
  'There is no console': 'No hay consola',
  '{} has no machine now.': '{1} no tiene máquina ahora.',
  'This token was used already': 'Este token ya se usó',
  'The one-time token of a node lets one agent in, and another one came with it before.':
    'El token de un solo uso de un nodo deja entrar a un agente, y antes vino otro con él.',
  'The machine was set up anew by its image, or somebody has read its user data.':
    'La imagen preparó la máquina de nuevo, o alguien ha leído sus datos de usuario.',
  'Look at the deployment’s events. If this machine is the right one, delete the deployment and deploy it again.':
    'Mire los sucesos del despliegue. Si esta máquina es la buena, borre el despliegue y despliéguelo de nuevo.',
  ' (try {})': ' (intento {1})',
  'its set-up': 'su preparación',
  'ran out of time': 'agotó su tiempo',
  'ended with code {}': 'terminó con el código {1}',
  'This node says too much': 'Este nodo dice demasiado',
  'A node may send {} requests and {} MiB a minute.': 'Un nodo puede enviar {1} peticiones y {2} MiB por minuto.',
  'Send the rest in {} s.': 'Envíe el resto en {1} s.',
  ' since “{}” began': ' desde que empezó «{1}»',
  'The {}: {}': '{1}: {2}',
  'Delete what else runs on the lease, or grow it; then retry.':
    'Borre lo demás que funciona en la reserva, o amplíela; después reintente.',
  'Delete the deployment that stands on it, or grow the lease; then retry.':
    'Borre el despliegue que hay en ella, o amplíe la reserva; después reintente.',
  'no id': 'sin id',
  'Delete the deployment again. If it stays, delete it in the site’s own dashboard or ask the site’s support, naming this id.':
    'Borre el despliegue de nuevo. Si sigue, bórrelo en el panel del propio sitio o pregunte al soporte del sitio, con este id.',
  '{} is as it was before the change': '{1} está como antes del cambio',
  '{} is changed': '{1} ha cambiado',
  'It is being changed.': 'Se está cambiando.',
  'It is going back already.': 'Ya está volviendo atrás.',
  'It is being deleted, or is deleted.': 'Se está borrando, o está borrado.',
  'It is stopped. Start it first.': 'Está parado. Arránquelo antes.',
  'Somebody changed this deployment meanwhile.': 'Entretanto alguien ha cambiado este despliegue.',
  'There is no part {}{}.': 'No existe la parte {1}{2}.',
  '; there are {}': '; existen {1}',
  '{} is not in {}; it has {}.': '{1} no está en {2}; está en {3}.',
  'Name one site for this part.': 'Nombre un sitio para esta parte.',
  'The deployment is being deleted.': 'El despliegue se está borrando.',
  'It shares its site, and the network there, with another part.': 'Comparte su sitio, y la red de allí, con otra parte.',
  'Another part stands at that site.': 'En ese sitio hay otra parte.',
  '{} can’t be placed elsewhere now': '{1} no se puede llevar ahora a otro sitio',
  'Look at the deployment’s present state. A deployment can be made again elsewhere as a whole, too.':
    'Mire el estado actual del despliegue. También se puede hacer de nuevo un despliegue entero en otro lugar.',
  'This deployment has no node {}.': 'Este despliegue no tiene el nodo {1}.',
  'Its nodes are: {}.': 'Sus nodos son: {1}.',
  'There is no node {}': 'No existe el nodo {1}',
  'Name the nodes that are to be made anew.': 'Nombre los nodos que deben crearse de nuevo.',
  ' What was stored on {} is lost': ' Se pierde lo que guardaban: {1}',
  'None of these nodes has a step {}.': 'Ninguno de estos nodos tiene el paso {1}.',
  'The steps of each node are listed with it.': 'Los pasos de cada nodo aparecen con él.',
  'the connection was closed': 'se cerró la conexión',
  'timed out by way of the front-end': 'se agotó el tiempo a través del nodo de entrada',
  'the connection to the front-end was closed': 'se cerró la conexión con el nodo de entrada',
  'the connection broke': 'se rompió la conexión',
  'The node took too long to answer': 'El nodo tardó demasiado en responder',
  'A command by SSH on {} did not end within {} seconds.': 'Una orden por SSH en {1} no terminó en {2} segundos.',
  'The node is overloaded, its disk hangs, or the network between is very slow.':
    'El nodo está sobrecargado, su disco está colgado, o la red hasta él va muy despacio.',
  'Try again; if it stays, reboot the node.': 'Inténtelo de nuevo; si sigue, reinicie el nodo.',
  'The node tells something that Transat does not understand': 'El nodo dice algo que Transat no entiende',
  'What stands in {} on {} has not the agreed form.': 'Lo que hay en {1} en {2} no tiene la forma acordada.',
  'The agent on the node was changed, or is of another version.': 'El agente del nodo fue cambiado, o es de otra versión.',
  'Deploy the node again.': 'Despliegue el nodo de nuevo.',
  'The node lets nobody act as root': 'El nodo no deja a nadie actuar como root',
  "{}@{} could not read or write the agent's files.": '{1}@{2} no pudo leer o escribir los ficheros del agente.',
  'The login user needs sudo without a password, as the images of clouds have it, and a disk that is not full.':
    'El usuario de acceso necesita sudo sin contraseña, como lo tienen las imágenes de las nubes, y un disco que no esté lleno.',
  'Another machine answers at the node’s address': 'En la dirección del nodo responde otra máquina',
  'What answers by SSH at {} does not have the host key that was made for this node, so nothing was sent to it.':
    'Lo que responde por SSH en {1} no tiene la clave de máquina que se creó para este nodo, así que no se le envió nada.',
  'The address belongs to another machine now, the machine was set up anew, or cloud-init has not yet put the key in place.':
    'La dirección es ahora de otra máquina, la máquina se preparó de nuevo, o cloud-init aún no ha puesto la clave.',
  'If the node has just been started, wait a minute. If this stays, delete the node and deploy it again.':
    'Si el nodo acaba de arrancar, espere un minuto. Si sigue, borre el nodo y despliéguelo de nuevo.',
  "The node refuses the deployment's key for the user {}: cloud-init has not finished, or the image has another login user.":
    'El nodo rechaza la clave del despliegue para el usuario {1}: cloud-init no ha terminado, o la imagen tiene otro usuario de acceso.',
  'If the node has just been started, wait a minute. If this stays, check that the image runs cloud-init.':
    'Si el nodo acaba de arrancar, espere un minuto. Si sigue, compruebe que la imagen ejecuta cloud-init.',
  'The machine is there, but its SSH service does not run yet.': 'La máquina está ahí, pero su servicio SSH aún no funciona.',
  'Wait a minute; the machine may still be booting.': 'Espere un minuto; puede que la máquina aún esté arrancando.',
  'Nothing answers: the machine is still booting or stopped, or a firewall or security group is in the way.':
    'No responde nadie: la máquina aún arranca o está parada, o la corta un cortafuegos o un grupo de seguridad.',
  'Check that the site lets port 22 through from here, and that the machine is running.':
    'Compruebe que el sitio deja pasar el puerto 22 desde aquí, y que la máquina está en marcha.',
  'What the site names as the address of the node is no IP address.':
    'Lo que el sitio nombra como dirección del nodo no es una dirección IP.',
  'The address {} is in a private network, or in a range that no node may have.':
    'La dirección {1} está en una red privada, o en un rango que ningún nodo puede tener.',
  'The site names an address of the node to which Transat does not connect by SSH.':
    'El sitio nombra una dirección del nodo a la que Transat no se conecta por SSH.',
  'Give the node a public address. Only the operator of Transat can open private addresses: `allowPrivate` of a site, or `allowedRanges`.':
    'Dé al nodo una dirección pública. Solo el operador de Transat puede abrir direcciones privadas: `allowPrivate` de un sitio, o `allowedRanges`.',
  'Nothing that is known as this node is there, or it did not answer in time.':
    'Allí no hay nada que se conozca como este nodo, o no respondió a tiempo.',
  'Check that the node has a public address, that its site lets port 22 through, and that the machine is running.':
    'Compruebe que el nodo tiene una dirección pública, que su sitio deja pasar el puerto 22, y que la máquina está en marcha.',
  '{} asked to change {}: {}': '{1} pidió cambiar {2}: {3}',
  ', going back': ', de vuelta a como era',
  'what it is made of': 'aquello de lo que está hecho',
  'It is going back already': 'Ya está volviendo atrás',
  'The change that {} began at {} was called off.': 'Se ha anulado el cambio que {1} empezó el {2}.',
  '{} has nothing to do any more, and is deleted': '{1} ya no tiene nada que hacer, y se borra',
  '{} have nothing to do any more, and are deleted': '{1} ya no tienen nada que hacer, y se borran',
  'what comes: {}': 'llega: {1}',
  'what goes: {}': 'se va: {1}',
  'add-ons that come: {}': 'complementos que llegan: {1}',
  'add-ons that go: {}': 'complementos que se van: {1}',
  'What goes was taken off the machines that stay': 'Lo que se va se ha quitado de las máquinas que se quedan',
  'other answers: {}': 'otras respuestas: {1}',
  'Asked to stop {}': 'Se pidió parar {1}',
  'Asked to start {}': 'Se pidió arrancar {1}',
  'Asked to reboot {}': 'Se pidió reiniciar {1}',
  'Asked to retry {}': 'Se pidió reintentar {1}',
  'Asked to set up again {}': 'Se pidió preparar de nuevo {1}',
  'Asked to make anew {}': 'Se pidió crear de nuevo {1}',
  'Asked to cancel {}': 'Se pidió cancelar {1}',
  'Asked to delete {}': 'Se pidió borrar {1}',
  'missing in the catalogue': 'falta en el catálogo',
  'Asked to place {} at {}, in the place of {}': 'Se pidió llevar {1} a {2}, en lugar de {3}',
  'There is no such step': 'No existe ese paso',
  'There is no such deployment': 'No existe ese despliegue',
  'There is no such node': 'No existe ese nodo',
  'Choose another image, or look at the node by SSH.': 'Elija otra imagen, o mire el nodo por SSH.',
  'exit code {}': 'código de salida {1}',
  'host key differs': 'la clave de la máquina es otra',
  'Wait until it is as it was.': 'Espere a que esté como estaba.',
  '{} still lists the {} ({}).': '{1} aún lista {2} ({3}).',
  'The site did not carry out the deletion, or something outside of Transat uses it.':
    'El sitio no hizo el borrado, o algo fuera de Transat lo usa.',
  'Try it again. If it stays, delete it in the site’s own dashboard or ask the site’s support, naming this id.':
    'Inténtelo de nuevo. Si sigue, bórrelo en el panel del propio sitio o pregunte al soporte del sitio, con este id.',
  'Asked to take up the {} that was made late': 'Se pidió tomar lo que se creó tarde: {1}',
  'It can’t be taken up': 'No se puede tomar',
  '{} does not lack it now.': 'A {1} no le falta ahora.',
  'The deployment has another in its place, is about to make one, or is being deleted.':
    'El despliegue tiene otro en su lugar, está a punto de crearlo, o se está borrando.',
  'Look through your projects again.': 'Mire de nuevo en sus proyectos.',
  'This is no time zone. Give one as Europe/Madrid.': 'Esto no es una zona horaria. Dé una como Europe/Madrid.',
  'Name each day once: 1 is Monday, 7 is Sunday.': 'Nombre cada día una vez: 1 es lunes, 7 es domingo.',
  'Give a time as 08:00.': 'Dé una hora como 08:00.',
  'It would be stopped in the moment in which it is started.': 'Se pararía en el mismo momento en que se arranca.',
  '{} was not stopped by its schedule: {}': '{1} no se paró según su horario: {2}',
  '{} was not started by its schedule: {}': '{1} no se arrancó según su horario: {2}',
  '{} is stopped by its schedule': '{1} se para según su horario',
  '{} is started by its schedule': '{1} se arranca según su horario',
  '{} did not list what stands there in time': '{1} no listó a tiempo lo que hay allí',
} as const satisfies Record<string, string>;
