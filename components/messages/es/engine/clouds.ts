/** What is said of refusals and faults of sites, by its English sentence. What a site said itself stays as it said it. */
export const clouds = {
  'The network has no address left': 'A la red no le quedan direcciones',
  'All addresses of the network at {} from which one was asked for are taken.':
    'Todas las direcciones de la red de {1} de la que se pidió una están ocupadas.',
  'Addresses are shared by all projects of the site: the quota of yours may have room, and the pool none.':
    'Las direcciones las comparten todos los proyectos del sitio: su cuota puede tener sitio, y el grupo no.',
  'Release a public address that is not used, choose another network or site, or ask the site’s operators for more addresses.':
    'Libere una dirección pública que no se use, elija otra red u otro sitio, o pida más direcciones a los operadores del sitio.',
  'No router leads from the nodes’ network to the public addresses':
    'Ningún router lleva de la red de los nodos a las direcciones públicas',
  'At {} the network of the public addresses can’t be reached from the network that the nodes are on.':
    'En {1} no se llega desde la red de los nodos a la red de las direcciones públicas.',
  'The server can’t get this flavor where it stands': 'El servidor no puede recibir este tipo de máquina donde está',
  '{} does not resize the server to the flavor.': '{1} no cambia el servidor a ese tipo de máquina.',
  'The flavor has no disk, or a smaller one: no disk is made smaller where it stands.':
    'El tipo de máquina no tiene disco, o lo tiene menor: ningún disco se hace menor donde está.',
  'Choose a flavor with as large a disk, or have the machine made anew.':
    'Elija un tipo de máquina con un disco igual de grande, o haga crear la máquina de nuevo.',
  'The network has no router, or one that leads elsewhere.': 'La red no tiene router, o tiene uno que lleva a otra parte.',
  'Choose a network with a router to the public addresses, or none to have one made.':
    'Elija una red con router hacia las direcciones públicas, o ninguna para que se cree una.',
  'The port or its address is taken': 'El puerto o su dirección están ocupados',
  'At {} something else holds the port, or the address that it should have.':
    'En {1} otra cosa ocupa el puerto, o la dirección que debía tener.',
  'It was given to something outside of this deployment meanwhile.': 'Entretanto se dio a algo fuera de este despliegue.',
  'Retry. If it stays, release it in the site’s own dashboard, or choose another network.':
    'Reintente. Si sigue, libérelo en el panel del propio sitio, o elija otra red.',
  'Ports of this network at {} have no port security, and so no security groups.':
    'Los puertos de esta red en {1} no tienen seguridad de puertos, y por tanto tampoco grupos de seguridad.',
  'Its operators have turned port security off there.': 'Sus operadores han desactivado allí la seguridad de puertos.',
  'Choose another network, or none to have one made.': 'Elija otra red, o ninguna para que se cree una.',
  'The flavor is too small for the image': 'El tipo de máquina es demasiado pequeño para la imagen',
  'At {} the image needs a larger disk, or more memory, than the flavor has.':
    'En {1} la imagen necesita más disco, o más memoria, de lo que tiene el tipo de máquina.',
  'Image and flavor were chosen apart, or the image was replaced by a larger one.':
    'Imagen y tipo de máquina se eligieron por separado, o la imagen se cambió por una mayor.',
  'Choose a larger flavor, or another image.': 'Elija un tipo de máquina mayor, u otra imagen.',
  'It was deleted there meanwhile.': 'Se borró allí mientras tanto.',
  'Look at it again: it is made anew where a deployment needs it and is retried.':
    'Mírelo de nuevo: se crea otra vez donde un despliegue lo necesita y se reintenta.',
  'The server and its volume are in different zones': 'El servidor y su volumen están en zonas distintas',
  '{} attaches volumes within one availability zone only.': '{1} solo conecta volúmenes dentro de una zona de disponibilidad.',
  'The volume was made in another zone than the server.': 'El volumen se creó en otra zona que el servidor.',
  'Retry: both are made anew. If it stays, deploy without a volume, or at another site.':
    'Reintente: ambos se crean de nuevo. Si sigue, despliegue sin volumen, o en otro sitio.',
  'The availability zone is not at the site': 'La zona de disponibilidad no está en el sitio',
  '{} has no such availability zone, or it is closed to your project.':
    '{1} no tiene esa zona de disponibilidad, o está cerrada para su proyecto.',
  'The zone was closed since it was chosen, or is one of another service.': 'La zona se cerró desde que se eligió, o es de otro servicio.',
  'Deploy again: the zones are read anew.': 'Despliegue de nuevo: las zonas se leen otra vez.',
  '{} It says: {}': '{1} Dice: {2}',
  'The {} service of {}': 'El servicio {1} de {2}',
  'The site’s address leads elsewhere': 'La dirección del sitio lleva a otra parte',
  '{} answers with a redirection (HTTP {}), which Transat does not follow.':
    '{1} responde con una redirección (HTTP {2}), que Transat no sigue.',
  'A token must not be carried to an address that nobody has checked.':
    'Un token no debe llevarse a una dirección que nadie ha comprobado.',
  'Correct the site’s address, or tell its operators that their catalogue is out of date.':
    'Corrija la dirección del sitio, o avise a sus operadores de que su catálogo está anticuado.',
  'The site no longer accepts the sign-in': 'El sitio ya no acepta la sesión',
  '{} refused a token that was made just now.': '{1} rechazó un token que se acababa de hacer.',
  'The token or the credential behind it was revoked, or the service and the site’s Keystone do not agree.':
    'Se revocó el token o su credencial, o el servicio y el Keystone del sitio no están de acuerdo.',
  'Sign in again. If it stays, tell the site’s operators, with the request id.':
    'Inicie sesión de nuevo. Si sigue, avise a los operadores del sitio con el id de la petición.',
  'The site asks for a pause': 'El sitio pide una pausa',
  '{} received too many requests.': '{1} recibió demasiadas peticiones.',
  'Try again in {} s.': 'Inténtelo en {1} s.',
  'Try again in a minute.': 'Inténtelo en un minuto.',
  'You are not allowed to do this at the site': 'No tiene permiso para hacer esto en el sitio',
  '{} refused: {}': '{1} lo rechazó: {2}',
  'Your role in this project does not include it.': 'Su papel en este proyecto no lo incluye.',
  'Ask the owner of the project for the role “member”, or use a credential that has it.':
    'Pida al dueño del proyecto el papel «member», o use una credencial que lo tenga.',
  'The site’s catalogue names a wrong address': 'El catálogo del sitio nombra una dirección equivocada',
  'At the address of {}{} is no such service.': 'En la dirección de {1}{2} no hay tal servicio.',
  'Tell the site’s operators that the catalogue is wrong.': 'Avise a los operadores del sitio de que el catálogo está mal.',
  'This is no longer at the site': 'Esto ya no está en el sitio',
  '{} says: {}': '{1} dice: {2}',
  'The site can’t do this now': 'El sitio no puede hacerlo ahora',
  'It is in use, in transition, or there already.': 'Está en uso, cambiando, o ya existe.',
  'Try again when what is under way has ended.': 'Inténtelo cuando acabe lo que está en curso.',
  'The site has a fault': 'El sitio tiene un fallo',
  '{} failed (HTTP {}): {}': '{1} falló (HTTP {2}): {3}',
  'The answer comes from a proxy before the service, which did not get one itself.':
    'La respuesta viene de un proxy delante del servicio, que no obtuvo ninguna.',
  'Try again in some minutes. If it stays, tell the site’s operators, with the request id.':
    'Inténtelo en unos minutos. Si sigue, avise a los operadores del sitio con el id de la petición.',
  'The site refused the request': 'El sitio rechazó la petición',
  '{} refused (HTTP {}): {}': '{1} lo rechazó (HTTP {2}): {3}',
  'If its words name something that you chose, choose otherwise. Else tell the site’s operators, with the request id.':
    'Si sus palabras nombran algo que usted eligió, elija otra cosa. Si no, avise a los operadores del sitio con el id de la petición.',
  'The {} is not at the site': 'No está en el sitio: {1}',
  '{} has no such {}, or it is not open to your project: {}': '{1} no tiene {2} así, o no está abierto a su proyecto: {3}',
  'The {} was removed or replaced since it was chosen.': 'Se quitó o se cambió desde que se eligió: {1}.',
  'Choose another {}.': 'Elija otro: {1}.',
  'The quota of your project is met': 'Su proyecto ha llegado a su cuota',
  'The quota of your project at {} is met. {}.': 'Su proyecto en {1} ha llegado a su cuota. {2}.',
  'The quota of your project at {} is met: {}': 'Su proyecto en {1} ha llegado a su cuota: {2}',
  'Everything in the project counts, also what others in it have made.':
    'Cuenta todo lo del proyecto, también lo que han hecho otros en él.',
  'Ask for less, delete what is no longer needed in this project, choose another site, or ask the site for a larger quota.':
    'Pida menos, borre lo que ya no haga falta en este proyecto, elija otro sitio, o pida al sitio una cuota mayor.',
  'Your sign-in is no longer accepted by the site': 'El sitio ya no acepta su sesión',
  '{} did not accept the access token of your identity provider.': '{1} no aceptó el token de acceso de su proveedor de identidad.',
  'The token has expired, was revoked, or comes from a provider that the site does not know.':
    'El token ha caducado, se revocó, o viene de un proveedor que el sitio no conoce.',
  'Sign in again at your identity provider.': 'Inicie sesión de nuevo en su proveedor de identidad.',
  'The site does not know your virtual organisation': 'El sitio no conoce su organización virtual',
  '{} accepted your sign-in, but gives no project to any of your memberships.':
    '{1} aceptó su sesión, pero no da proyecto a ninguna de sus pertenencias.',
  'None of the virtual organisations (VOs), groups and roles in your sign-in is supported there, or your membership is not active yet.':
    'Allí no se admite ninguna de las organizaciones virtuales (VO), grupos y papeles de su sesión, o su pertenencia aún no está activa.',
  'Choose a site that supports your VO, or join a VO that this site supports, then sign in again.':
    'Elija un sitio que admita su VO, o únase a una VO que este sitio admita, y después inicie sesión de nuevo.',
  'The password has expired': 'La contraseña ha caducado',
  'The user name or password is wrong': 'El usuario o la contraseña no son correctos',
  'The application credential is not valid': 'La credencial de aplicación no es válida',
  '{} did not accept this user name, domain and password.': '{1} no aceptó este usuario, dominio y contraseña.',
  '{} did not accept this application credential.': '{1} no aceptó esta credencial de aplicación.',
  'There is no application credential with this id: it was deleted, or the id is wrong.':
    'No hay ninguna credencial de aplicación con este id: se borró, o el id no es correcto.',
  'The secret is wrong, it has expired, or its owner has lost the role it was made with; the site does not tell which.':
    'El secreto no es correcto, ha caducado, o su dueño perdió el papel con el que se hizo; el sitio no dice cuál.',
  'Make a new application credential at the site and save it here in place of this one.':
    'Haga una credencial de aplicación nueva en el sitio y guárdela aquí en lugar de esta.',
  'You have no role in this project': 'No tiene ningún papel en este proyecto',
  '{} did not let you into the project.': '{1} no le dejó entrar en el proyecto.',
  'The project does not exist there, or you have no role in it; the site does not tell which.':
    'El proyecto no existe allí, o usted no tiene papel en él; el sitio no dice cuál.',
  'Choose one of your own projects, or ask the owner of the project for a role in it.':
    'Elija uno de sus proyectos, o pida al dueño del proyecto un papel en él.',
  'The site’s answer can’t be used': 'La respuesta del sitio no se puede usar',
  'The site’s address leads to something else': 'La dirección del sitio lleva a otra cosa',
  'Tell the site’s operators, with the request id.': 'Avise a los operadores del sitio con el id de la petición.',
  'You have no project at this site': 'No tiene ningún proyecto en este sitio',
  '{} let you in, but you have no role in any project there.': '{1} le dejó entrar, pero no tiene papel en ningún proyecto de allí.',
  'Choose a site that supports your VO.': 'Elija un sitio que admita su VO.',
  'Ask the site for a project.': 'Pida un proyecto al sitio.',
  'The site was given no more time': 'Al sitio no se le dio más tiempo',
  'The {} service of {} had not answered when its time was up.': 'El servicio {1} de {2} no había respondido cuando se acabó su tiempo.',
  'Try again, or look at this site later: it answers slowly.': 'Inténtelo de nuevo, o mire este sitio más tarde: responde despacio.',
  'The {} certificate is not trusted': 'No se confía en el certificado {1}',
  'The certificate of {} could not be verified, so nothing was sent to it.':
    'No se pudo comprobar el certificado de {1}, así que no se le envió nada.',
  'The {} answer is too large': 'La respuesta {1} es demasiado grande',
  '{} did not answer in time': '{1} no respondió a tiempo',
  '{} can’t be reached': 'No se llega a {1}',
  'No answer of {} came within {} s.': 'No llegó ninguna respuesta de {1} en {2} s.',
  'No connection to {} could be made or kept.': 'No se pudo hacer o mantener la conexión con {1}.',
  'Try again in some minutes. If it stays, {}.': 'Inténtelo en unos minutos. Si sigue, {1}.',
  'Nothing that Transat could talk to is there, or it did not answer in time.':
    'Allí no hay nada con lo que Transat pueda hablar, o no respondió a tiempo.',
  'Nothing listens at that address.': 'En esa dirección no escucha nadie.',
  'There is no way through the network to that host.': 'No hay camino por la red hasta esa máquina.',
  'The host did not answer to the attempt to connect.': 'La máquina no respondió al intento de conexión.',
  'The connection was cut by the other side.': 'El otro lado cortó la conexión.',
  'Its host name is not known to the name servers.': 'Los servidores de nombres no conocen su nombre.',
  'The name servers did not answer.': 'Los servidores de nombres no respondieron.',
  'The certificate has expired.': 'El certificado ha caducado.',
  'The request met a fault in Transat, not in your input or in a site.':
    'La petición encontró un fallo en Transat, no en sus datos ni en un sitio.',
  'Try again. If it stays, give the operator the request id shown here.':
    'Inténtelo de nuevo. Si sigue, dé al operador el id de petición que se muestra aquí.',
  'Some fields can’t be used': 'Algunos campos no se pueden usar',
  'Mend the named fields and send it again.': 'Corrija los campos nombrados y envíelo de nuevo.',
  'There is no such {}': 'No existe: {1}',
  'There is no {} here that is yours and has this id.': 'Aquí no hay nada suyo con este id: {1}.',
  'Look it up in the list again; it may have been deleted.': 'Búsquelo de nuevo en la lista; puede que se haya borrado.',
  'This was tried too often': 'Esto se ha intentado demasiadas veces',
  'Try again in {}.': 'Inténtelo en {1}.',
  'The node does not answer by SSH': 'El nodo no responde por SSH',
  'No SSH connection to {}@{} could be made.': 'No se pudo conectar por SSH con {1}@{2}.',
  '{}: {} of 1 is used': '{1}: {2} de 1 en uso',
  '{}: {} of {} are used': '{1}: {2} de {3} en uso',
  '{} and 1 more was asked for': '{1}, y se pidió 1 más',
  '{} and {} more were asked for': '{1}, y se pidieron {2} más',
} as const satisfies Record<string, string>;
