/** What is said of credentials, connected accounts and SSH keys, by its English sentence. */
export const credentials = {
  'Your secrets store has no “{}”': 'En su almacén de secretos no hay «{1}»',
  'There is no secret “{}” in your folder of the secrets store, or it was deleted there.':
    'No hay ningún secreto «{1}» en su carpeta del almacén de secretos, o se borró allí.',
  'Put it there again, or choose another credential.': 'Póngalo allí de nuevo, o elija otra credencial.',
  '“{}” in your secrets store is not a credential': '«{1}», en su almacén de secretos, no es una credencial',
  'The secret “{}” has neither application_credential_id and application_credential_secret, nor username and password.':
    'El secreto «{1}» no tiene ni application_credential_id y application_credential_secret, ni username y password.',
  'Name its fields as clouds.yaml does, in its section auth.': 'Llame a sus campos como clouds.yaml en su sección auth.',
  'A stored credential has an unknown form': 'Una credencial guardada tiene una forma desconocida',
  '“{}” is kept in a secrets store that Transat no longer knows': '«{1}» está en un almacén de secretos que Transat ya no conoce',
  'The operator took people’s own secrets store out of the configuration.':
    'El operador quitó de la configuración el almacén de secretos propio de las personas.',
  'The credential for {} is no longer there': 'La credencial para {1} ya no está',
  'What was to act at {} names a credential that you do not have (any more).':
    'Lo que debía actuar en {1} nombra una credencial que usted no tiene (o ya no).',
  '“{}” is not a credential for {}': '«{1}» no es una credencial para {2}',
  'The credential “{}” was stored for another site, and its secret is never sent to {}.':
    'La credencial «{1}» se guardó para otro sitio, y su secreto nunca se envía a {2}.',
  'Choose a credential for {}, or add one in Settings → Credentials.':
    'Elija una credencial para {1}, o añada una en Ajustes → Credenciales.',
  '{} does not take your sign-in': '{1} no acepta su sesión',
  '{} is not federated with a sign-in provider of this Transat.': '{1} no está federado con ningún proveedor de identidad de este Transat.',
  'Add an application credential for {} in Settings → Credentials.':
    'Añada una credencial de aplicación para {1} en Ajustes → Credenciales.',
  'You have this key already': 'Ya tiene esta clave',
  'The key {} is in your list.': 'La clave {1} está en su lista.',
  'It names no device authorization endpoint.': 'No nombra ningún punto de acceso para autorizar dispositivos.',
  'It gave no code that a person can be shown.': 'No dio ningún código que se pueda mostrar a una persona.',
  'begin a device flow': 'empezar un flujo de dispositivo',
  'ask about the device flow': 'preguntar por el flujo de dispositivo',
  'It answered {}.': 'Respondió {1}.',
  '{} does not let Transat connect this way': '{1} no deja que Transat se conecte así',
  'The provider at {} refused the device flow of the client {}. {}':
    'El proveedor en {1} rechazó el flujo de dispositivo del cliente {2}. {3}',
  'The client is not registered for the device flow there, or the provider does not offer it.':
    'El cliente no está registrado allí para el flujo de dispositivo, o el proveedor no lo ofrece.',
  'Use an application credential of the site. The operator should check `deviceFlow` in Transat’s configuration.':
    'Use una credencial de aplicación del sitio. El operador debe comprobar `deviceFlow` en la configuración de Transat.',
  'Your sign-in could not be renewed in time': 'Su sesión no se pudo renovar a tiempo',
  'Your connection with {} has ended': 'Su conexión con {1} ha terminado',
  '{} no longer honours what you approved for Transat.': '{1} ya no acepta lo que usted aprobó para Transat.',
  'It was too long ago, or you or the provider ended it.': 'Fue hace demasiado tiempo, o lo terminó usted o el proveedor.',
  'Connect with {} again in Settings → Credentials. What you deployed stays as it is.':
    'Conéctese de nuevo con {1} en Ajustes → Credenciales. Lo que ha desplegado sigue como está.',
  'Your sign-in has ended': 'Su sesión ha terminado',
  '{} no longer honours your sign-in.': '{1} ya no acepta su sesión.',
  'Sign in again. What you deployed stays as it is.': 'Inicie sesión de nuevo. Lo que ha desplegado sigue como está.',
  '{} can’t be connected this way.': '{1} no se puede conectar así.',
  'Your own sign-in can’t be deleted': 'Su propia sesión no se puede borrar',
  'This is your sign-in, not a stored credential.': 'Esta es su sesión, no una credencial guardada.',
  'Sign out to end it.': 'Salga para terminarla.',
  '“{}” was not made by Transat': '«{1}» no la creó Transat',
  'Transat can renew only what it made itself.': 'Transat solo puede renovar lo que creó él mismo.',
  'Make a new one at the site, and put its id and secret in place of the old ones.':
    'Haga una nueva en el sitio, y ponga su id y su secreto en lugar de los anteriores.',
  '“{}” was changed at the same time': '«{1}» se cambió al mismo tiempo',
  'Another request put something else in the place of “{}”, or deleted it, while this one was at work. That stays.':
    'Otra petición puso otra cosa en lugar de «{1}», o la borró, mientras esta trabajaba. Aquello se queda.',
  'Look at it again, and repeat this if it is still wanted.': 'Mírela de nuevo, y repita esto si todavía hace falta.',
  'Delete those {} first, or say that you are sure (`inUse=true`).': 'Borre antes {1}, o indique que está seguro (`inUse=true`).',
  '“{}” could not be revoked at {}': '«{1}» no se pudo revocar en {2}',
  'It is still here, since it would live on at {}. {}': 'Sigue aquí, porque en {1} seguiría viva. {2}',
  'Sign in again or connect your account, then delete it again. Or revoke it on {}’s own pages and forget it here (`keepAtSite=true`).':
    'Inicie sesión de nuevo o conecte su cuenta, y después bórrela otra vez. O revóquela en las páginas de {1} y olvídela aquí (`keepAtSite=true`).',
  'This is {}.': 'Esto es {1}.',
  'This file is for {}, and {} is at {}.': 'Este fichero es para {1}, y {2} está en {3}.',
  'an openrc file': 'un fichero openrc',
  'a clouds.yaml': 'un clouds.yaml',
  'no address at all': 'ninguna dirección',
  'Nothing that stands acts by this credential.': 'Nada de lo que está en pie actúa con esta credencial.',
  'You have no such credential.': 'No tiene esa credencial.',
  'It is the one that they act by already.': 'Es aquella con la que ya actúan.',
  '“{}” is for another site.': '«{1}» es para otro sitio.',
  '“{}” leads to the project {}, and what stands is in another one: only what leads there reaches it.':
    '«{1}» lleva al proyecto {2}, y lo que está en pie está en otro: solo llega a ello lo que lleva allí.',
  '{} servers and {} virtual CPUs are in use.': 'Están en uso {1} servidores y {2} CPU virtuales.',
  '{} There is no room for another server.': '{1} No hay sitio para otro servidor.',
  'Your roles in the project ({}) let you create servers.': 'Sus papeles en el proyecto ({1}) le dejan crear servidores.',
  'Your roles in the project ({}) only read. Ask its leader for the role “member”.':
    'Sus papeles en el proyecto ({1}) solo leen. Pida a su responsable el papel «member».',
  'Leases can be read, and your roles let you make them.': 'Las reservas se pueden leer, y sus papeles le dejan hacerlas.',
  'Leases can be read, and your roles let you make none.': 'Las reservas se pueden leer, y sus papeles no le dejan hacer ninguna.',
  ' Connect with {} to make them.': ' Conéctese con {1} para hacerlas.',
  ' Use a password or your sign-in to make them.': ' Use una contraseña o su sesión para hacerlas.',
  'Leases can be read, but {} lets no application credential make one: a lease needs a trust of yours, and it takes none from those.{}':
    'Las reservas se pueden leer, pero {1} no deja hacer ninguna con una credencial de aplicación: una reserva necesita una delegación suya, y de esas no acepta ninguna.{2}',
  '{} does not take this kind of credential.': '{1} no acepta esta clase de credencial.',
  'A new id comes with its secret.': 'Un id nuevo viene con su secreto.',
  'This secret is in your own secrets store: change it there.': 'Este secreto está en su propio almacén de secretos: cámbielo allí.',
  'A password has no id.': 'Una contraseña no tiene id.',
  'Your sign-in with {}': 'Su sesión con {1}',
  'Your {} account': 'Su cuenta de {1}',
  'Only your own sign-in, or your connected account, can make one.': 'Solo su propia sesión, o su cuenta conectada, puede crear una.',
  'At {} it may live {} days at most.': 'En {1} puede valer como mucho {2} días.',
  'You have several projects there: choose one.': 'Allí tiene varios proyectos: elija uno.',
  'Made by Transat ({}) for its owner, who can revoke it there or here.':
    'Creada por Transat ({1}) para su dueño, que puede revocarla allí o aquí.',
  'This Transat knows no secrets store of people’s own.': 'Este Transat no conoce ningún almacén de secretos propio de las personas.',
  'The auth_url of this secret is not that of {}.': 'El auth_url de este secreto no es el de {1}.',
  'The site {} is no longer in the directory': 'El sitio {1} ya no está en el directorio',
  'Revoke the application credential on the site’s own pages.': 'Revoque la credencial de aplicación en las páginas del propio sitio.',
  '{} gave a token to {}.': '{1} dio un token a {2}.',
  'This credential has no project at {}': 'Esta credencial no tiene ningún proyecto en {1}',
  'This credential does not lead to the project {}': 'Esta credencial no lleva al proyecto {1}',
  '{} accepts the credential, and lists {} for it.': '{1} acepta la credencial, y muestra para ella {2}.',
  'no projects': 'ningún proyecto',
  'Choose one of the listed projects, or ask the project’s leader to add you.':
    'Elija uno de los proyectos que aparecen, o pida al responsable del proyecto que le añada.',
  '{} acts with “{}”, and could no longer be changed or deleted without it.':
    '{1} actúa con «{2}», y sin ella ya no se podría cambiar ni borrar.',
  '{} act with “{}”, and could no longer be changed or deleted without it.':
    '{1} actúan con «{2}», y sin ella ya no se podrían cambiar ni borrar.',
  'The lease {} goes on without it, and is charged for until its end.': 'La reserva {1} sigue sin ella, y se cobra hasta su final.',
  'The leases {} go on without it, and are charged for until their end.': 'Las reservas {1} siguen sin ella, y se cobran hasta su final.',
  'It leads to {}.': 'Lleva a {1}.',
  'It leads to {} and 1 other project.': 'Lleva a {1} y a otro proyecto.',
  'It leads to {} and {} other projects.': 'Lleva a {1} y a otros {2} proyectos.',
  'Choose another credential, or ask the operator.': 'Elija otra credencial, o pregunte al operador.',
  'Choose another credential, or add one for this site in Settings → Credentials.':
    'Elija otra credencial, o añada una para este sitio en Ajustes → Credenciales.',
  'What your roles ({}) allow is not known until a server is created.':
    'Lo que permiten sus papeles ({1}) no se sabe hasta crear un servidor.',
  'Leases can be read. Whether you may make them is not known until you do.':
    'Las reservas se pueden leer. Si puede hacerlas no se sabe hasta que haga una.',
} as const satisfies Record<string, string>;
