/** What the planner says of networks, quotas and who comes in, and what is said of sites before that, by its English sentence. */
export const networks = {
  '{}: between the deployment’s nodes': '{1}: entre los nodos del despliegue',
  'SSH to {}': 'SSH a {1}',
  'SSH: from Transat, which sets the node up': 'SSH: desde Transat, que configura el nodo',
  'All between the deployment’s nodes': 'Todo entre los nodos del despliegue',
  'SSH between the deployment’s nodes': 'SSH entre los nodos del despliegue',
  'Ping between the deployment’s nodes': 'Ping entre los nodos del despliegue',
  'SSH is let in from these addresses only, and Transat may not come from one of them.':
    'Solo se deja entrar por SSH desde estas direcciones, y puede que Transat no venga de una de ellas.',
  'The nodes at {} cannot reach Transat, so that it sets them up over SSH.':
    'Los nodos de {1} no llegan a Transat, que por eso los configura por SSH.',
  'Add the address that Transat comes from; its operator can set it for all as `ownAddresses`.':
    'Añada la dirección desde la que viene Transat; su operador puede ponerla para todos como `ownAddresses`.',
  '{}: {} ({}, {}, {} GiB disk), {}': '{1}: {2} ({3}, {4}, {5} GiB de disco), {6}',
  '{} did not tell these quotas: {}. Whether they suffice is not known.': '{1} no ha dicho estas cuotas: {2}. No se sabe si bastan.',
  'They are asked for again when you deploy. Where one is too small, the site refuses what is beyond it.':
    'Se preguntan de nuevo al desplegar. Si una es demasiado pequeña, el sitio rechaza lo que la supere.',
  '{} does not tell these quotas now: {}. The plan is compared with what it told at {}.':
    '{1} no dice ahora estas cuotas: {2}. El plan se compara con lo que dijo el {3}.',
  'They are asked for again when you deploy.': 'Se preguntan de nuevo al desplegar.',
  'Whether the quota suffices is not known': 'No se sabe si la cuota basta',
  'This needs {} {} at {}; {} of the project’s {} are left ({} used).':
    'Esto necesita {1} {2} en {3}; quedan {4} de {5} del proyecto ({6} en uso).',
  'Ask for less, free some {}, choose another site, or ask its operators for a larger quota.':
    'Pida menos, libere {1}, elija otro sitio o pida a sus operadores una cuota mayor.',
  'The network {} of {} has IPv6 addresses only, and nodes need one of IPv4.':
    'La red {1} de {2} solo tiene direcciones IPv6, y los nodos necesitan una IPv4.',
  'Choose a network with IPv4 addresses, or none to have one made.': 'Elija una red con direcciones IPv4, o ninguna para que se cree una.',
  'The network {} of {} has no subnet, and so no addresses for nodes.':
    'La red {1} de {2} no tiene subred, y por tanto tampoco direcciones para nodos.',
  'Give it a subnet at the site, choose another network, or none to have one made.':
    'Dele una subred en el sitio, elija otra red, o ninguna para que se cree una.',
  'No router leads out of the network {} of {}: {}.': 'Ningún router saca de la red {1} de {2}: {3}.',
  'nodes there can have no public address': 'los nodos no pueden tener allí dirección pública',
  'nodes there can fetch nothing and reach nobody': 'los nodos no pueden descargar nada ni llegar a nadie',
  'Choose a network with a router, or none to have one made. Or add a router to it at the site.':
    'Elija una red con router, o ninguna para que se cree una. O añádale un router en el sitio.',
  'The network {} of {} takes no security groups': 'La red {1} de {2} no admite grupos de seguridad',
  'The network {} of {} takes no security groups.': 'La red {1} de {2} no admite grupos de seguridad.',
  'The firewall that the image runs lets in what the recipe names. For the site’s as well, choose another network.':
    'El cortafuegos de la imagen deja entrar lo que la receta nombra. Para tener también el del sitio, elija otra red.',
  '{}, and the image {} runs no firewall: whoever reaches it reaches every port.':
    '{1}, y la imagen {2} no tiene cortafuegos: quien llega a la máquina llega a todos sus puertos.',
  'Choose a network with port security, or none to have one made.':
    'Elija una red con seguridad de puertos, o ninguna para que se cree una.',
  '{} at {} has no public address, and is needed at {}.': '{1} no tiene dirección pública en {2}, y hace falta en {3}.',
  'Place both at one site, or tell whoever looks after this recipe.':
    'Ponga ambos en un mismo sitio, o avise a quien mantiene esta receta.',
  '{} has no network "{}" for this project.': '{1} no tiene la red «{2}» para este proyecto.',
  'Choose one of the networks offered, or none to have one made.': 'Elija una de las redes que se ofrecen, o ninguna para que se cree una.',
  '{} offers this project no network with public addresses, which {} needs.':
    '{1} no ofrece a este proyecto ninguna red con direcciones públicas, que {2} necesita.',
  'Choose another site, or ask its operators for access to an external network.':
    'Elija otro sitio, o pida a sus operadores acceso a una red externa.',
  '{} has no pool of public addresses "{}" for this project.': '{1} no tiene el grupo de direcciones públicas «{2}» para este proyecto.',
  'Choose one of the pools offered, or none to have one chosen.':
    'Elija uno de los grupos que se ofrecen, o ninguno para que se elija uno.',
  '{} has no router "{}" for this project that leads out.': '{1} no tiene para este proyecto un router «{2}» que salga al exterior.',
  'Choose one of the routers offered, or none to have one made.':
    'Elija uno de los routers que se ofrecen, o ninguno para que se cree uno.',
  'Network for this deployment at {}': 'Red para este despliegue en {1}',
  'Addresses {}': 'Direcciones {1}',
  'Router {}, which is there already': 'Router {1}, que ya existe',
  'Router to {}': 'Router hacia {1}',
  '{} announced {} until {}{}': '{1} anunció {2} hasta {3}{4}',
  'Choose another site, or wait until then.': 'Elija otro sitio, o espere hasta entonces.',
  '{} will be down from {} until {}.': '{1} estará parado desde {2} hasta {3}.',
  'There is no lease {} of yours in this project.': 'En este proyecto no hay ninguna reserva {1} suya.',
  '{} has no lease {} with reserved hosts or machines in this project.': '{1} no tiene en este proyecto una reserva {2} con máquinas.',
  '{} does not tell the flavor of {}.': '{1} no dice el tipo de máquina de {2}.',
  '{} is not in order. Have it repaired first.': '{1} no está en orden. Haga que se repare antes.',
  '{} is over: it ended at {}.': '{1} ya terminó: acabó el {2}.',
  'This lease can’t be used': 'Esta reserva no se puede usar',
  'Choose one of the project’s leases that has not ended, or have one made.':
    'Elija una reserva del proyecto que no haya terminado, o haga que se cree una.',
  '{} did not tell its calendar in time': '{1} no dijo su calendario a tiempo',
  'Choose a time that has not passed.': 'Elija un momento que no haya pasado.',
  'The start of the lease has passed.': 'El comienzo de la reserva ya pasó.',
  'The end of the lease has passed.': 'El final de la reserva ya pasó.',
  'The lease leaves {} min, and getting ready may take {} min.': 'La reserva deja {1} min, y la preparación puede durar {2} min.',
  'The lease may end before the deployment is ready': 'La reserva puede acabar antes de que el despliegue esté listo',
  'Take a longer lease, extend this one first, or say that it may be too short.':
    'Tome una reserva más larga, prolongue antes esta, o indique que puede ser demasiado corta.',
  'Not known ({}): {}': 'No se sabe ({1}): {2}',
  'Known from {} ({}): {}': 'Se sabe desde el {1} ({2}): {3}',
  '{} has not answered': '{1} no ha respondido',
  '{} has not said in time what you can use there.': '{1} no ha dicho a tiempo qué puede usar usted allí.',
  'It is asked again in a moment.': 'Se le pregunta de nuevo en un momento.',
  'The recipe has no group “{}”; its groups are {}.': 'La receta no tiene el grupo «{1}»; sus grupos son {2}.',
  'Say who may come in': 'Diga quién puede entrar',
  '{}: nobody has said who, and your own address is not known here.': '{1}: nadie ha dicho quién, y aquí no se conoce su propia dirección.',
  'Send a range such as 192.0.2.0/24, or {} for everybody.': 'Dé un rango como 192.0.2.0/24, o {1} para todo el mundo.',
  'This is open to everybody': 'Esto está abierto a todo el mundo',
  '{}: anybody on the internet can try to get in, and machines are found and tried within minutes.':
    '{1}: cualquiera en internet puede intentar entrar, y las máquinas se encuentran y se prueban en minutos.',
  'Name the ranges that need it, such as that of your network.': 'Nombre los rangos que lo necesitan, como el de su red.',
  '{} did not answer within {} s': '{1} no respondió en {2} s',
  'You have no credential for {}': 'No tiene ninguna credencial para {1}',
  'Transat can’t act for you at {}, since it has no credential of yours for it.':
    'Transat no puede actuar por usted en {1}, porque no tiene ninguna credencial suya para él.',
  'Add an application credential in Settings → Credentials.{}': 'Añada una credencial de aplicación en Ajustes → Credenciales.{1}',
  'You have no project at {}': 'No tiene ningún proyecto en {1}',
  '{} knows you, but you are in no project there.': '{1} le conoce, pero no está en ningún proyecto de allí.',
  'Join a project or virtual organisation: {}': 'Únase a un proyecto o una organización virtual: {1}',
  'Ask the site or your project’s leader to add you to a project.':
    'Pida al sitio o al responsable de su proyecto que le añada a un proyecto.',
  '{} did not tell its {} within {} s': '{1} no dijo {2} en {3} s',
  'One of the site’s rows can’t be read': 'Una de las filas del sitio no se puede leer',
  'Of its {} {} told one{} in another form: {}': 'De {1}, {2} dio una{3} de otra forma: {4}',
  'The others are good. Tell the site’s operators.': 'Las demás son buenas. Avise a los operadores del sitio.',
  'The site is slow or hangs.': 'El sitio va lento o está colgado.',
  'Try again in a minute. Other sites are not held up by it.': 'Inténtelo en un minuto. A los demás sitios no les afecta.',
  '{} is down, as it announced': '{1} está parado, como anunció',
  '{} announced that it is down until {}{}': '{1} anunció que está parado hasta {2}{3}',
  '{} has left its directory': '{1} ha salido de su directorio',
  'Its directory has not listed {} since {}, and it does not answer.': 'Su directorio no incluye {1} desde {2}, y no responde.',
  'Deploy at another site. What stands there can be looked after when it answers again; else ask its operators.':
    'Despliegue en otro sitio. Lo que hay allí se podrá atender cuando responda de nuevo; si no, pregunte a sus operadores.',
  '{} serves none of your virtual organisations': '{1} no atiende a ninguna de sus organizaciones virtuales',
  '{} serves {}{}. You are in none of them.': '{1} atiende a {2}{3}. Usted no está en ninguna.',
  'A site of EGI admits the members of the virtual organisations that it has agreements with.':
    'Un sitio de EGI admite a los miembros de las organizaciones virtuales con las que tiene acuerdo.',
  'Join a virtual organisation, for example the pilot one: {}': 'Únase a una organización virtual, por ejemplo la piloto: {1}',
  'Join one of these virtual organisations.': 'Únase a una de estas organizaciones virtuales.',
  'You have no such project at {}': 'No tiene ese proyecto en {1}',
  'Choose one of the projects that the site’s page lists for you.': 'Elija uno de los proyectos que la página del sitio le muestra.',
} as const satisfies Record<string, string>;
