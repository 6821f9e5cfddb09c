/** What is said of signing in, here and at sites, by its English sentence. */
export const signIn = {
  'personal access token': 'token personal de acceso',
  'access token': 'token de acceso',
  'This change did not come from Transat’s own pages': 'Este cambio no vino de las páginas del propio Transat',
  'A change by a browser’s session needs the header X-CSRF-Token with the value that /api/v1/me gives, sent from the same origin.':
    'Un cambio desde la sesión de un navegador necesita la cabecera X-CSRF-Token con el valor que da /api/v1/me, enviada desde el mismo origen.',
  'Reload the page and try again. Programs use a token: “Authorization: Bearer …”.':
    'Vuelva a cargar la página e inténtelo de nuevo. Los programas usan un token: «Authorization: Bearer …».',
  'The token is not good': 'El token no sirve',
  'The token in the Authorization header is unknown, has ended, or is of a client that this Transat does not accept.':
    'El token de la cabecera Authorization no se conoce, ha caducado, o es de un cliente que este Transat no acepta.',
  'Make a new token in Settings → Tokens, or get a fresh access token from your sign-in provider.':
    'Cree un token nuevo en Ajustes → Tokens, u obtenga otro token de acceso de su proveedor de identidad.',
  'You are not in a group that may use this Transat': 'No está en ningún grupo que pueda usar este Transat',
  'The operator lets in only the members of certain virtual organisations, and you are in none of them.':
    'El operador solo deja entrar a los miembros de ciertas organizaciones virtuales, y usted no está en ninguna.',
  'Join one of them, then sign in again. The operator can tell which.':
    'Únase a una de ellas y después inicie sesión de nuevo. El operador puede decirle a cuál.',
  'It is not known whether you still may use this Transat': 'No se sabe si usted aún puede usar este Transat',
  'Your groups are read again every hour, and now they could not be: {}':
    'Sus grupos se leen de nuevo cada hora, y ahora no se ha podido: {1}',
  'Sign in again with a browser; tokens work again from then on.':
    'Inicie sesión de nuevo con un navegador; desde entonces los tokens vuelven a funcionar.',
  'Your groups are not known any more': 'Ya no se conocen sus grupos',
  'What your token lets Transat read does not tell of your groups, and nothing that you signed in with before is good any more.':
    'Lo que su token deja leer a Transat no dice sus grupos, y ya no vale nada de aquello con lo que inició sesión antes.',
  'Sign in with a browser, or use a token with the scopes that tell of groups.':
    'Inicie sesión con un navegador, o use un token cuyos ámbitos digan los grupos.',
  'Sign in again to go on': 'Inicie sesión de nuevo para seguir',
  'You signed in more than {} minutes ago. To {}, Transat wants to be sure that it is you.':
    'Inició sesión hace más de {1} minutos. Para {2}, Transat quiere estar seguro de que es usted.',
  'Sign in again; you come back to this page.': 'Inicie sesión de nuevo; volverá a esta página.',
  'A token can’t make one that may more': 'Un token no puede crear otro que pueda más',
  'Your token may only read, and the new one would write.': 'Su token solo puede leer, y el nuevo escribiría.',
  'Your token ends at {}, and the new one would end later.': 'Su token termina el {1}, y el nuevo terminaría después.',
  'Make the token in a browser, in Settings → Tokens.': 'Cree el token en un navegador, en Ajustes → Tokens.',
  'This token shows no secrets': 'Este token no muestra secretos',
  'The personal access token has the scope “read”: it reads what is no secret.':
    'El token personal de acceso tiene el ámbito «read»: lee lo que no es secreto.',
  'Use a token with the scope “write”, or look in a browser.': 'Use un token con el ámbito «write», o mírelo en un navegador.',
  'sign you in': 'iniciar la sesión de usted',
  'This did not come from Transat’s own pages': 'Esto no vino de las páginas del propio Transat',
  'Use the sign-out button.': 'Use el botón para salir.',
  'You have {} tokens': 'Tiene {1} tokens',
  'A person can have {} tokens at most that have not ended.': 'Una persona puede tener como mucho {1} tokens sin caducar.',
  'End those that you don’t use any more.': 'Termine los que ya no use.',
  'A token may live a year at most.': 'Un token puede valer como mucho un año.',
  'The token’s end can’t be used': 'El final del token no se puede usar',
  'read its discovery document': 'leer su documento de descubrimiento',
  'It names no keys (jwks_uri).': 'No nombra claves (jwks_uri).',
  'read its keys': 'leer sus claves',
  'It did not tell who you are: there is no subject (`sub`) in what it says.':
    'No dijo quién es usted: en lo que dice no hay sujeto (`sub`).',
  'It gave no ID token: the scope `openid` is missing.': 'No dio ningún token de identidad: falta el ámbito `openid`.',
  'Its ID token and its userinfo name different persons (`sub`).':
    'Su token de identidad y su userinfo nombran a personas distintas (`sub`).',
  'renew the sign-in': 'renovar la sesión',
  'read who you are': 'leer quién es usted',
  'It has no userinfo endpoint.': 'No tiene punto de acceso userinfo.',
  'ask whether an access token is good': 'preguntar si un token de acceso es bueno',
  'end the sign-in': 'terminar la sesión',
  'The sign-in provider gave a token of another kind': 'El proveedor de identidad dio un token de otra clase',
  'It gave an access token of the type {}, and Transat uses bearer tokens.':
    'Dio un token de acceso del tipo {1}, y Transat usa tokens al portador (bearer).',
  'The operator must turn off DPoP or token binding for this client at the provider.':
    'El operador debe desactivar DPoP o la vinculación de tokens para este cliente en el proveedor.',
  'The operator must compare `clientId`, `clientSecret` and `clientAuth` of this provider in the configuration with the client’s registration.':
    'El operador debe comparar `clientId`, `clientSecret` y `clientAuth` de este proveedor en la configuración con el registro del cliente.',
  'The operator must compare `clientSecret` with the client’s registration at the provider, and allow this grant there (authorization code, refresh token, device flow).':
    'El operador debe comparar `clientSecret` con el registro del cliente en el proveedor, y permitir allí esta concesión (código de autorización, token de refresco, flujo de dispositivo).',
  'The operator must take the scopes that the provider does not know out of `scopes` in the configuration.':
    'El operador debe quitar de `scopes` en la configuración los ámbitos que el proveedor no conoce.',
  'The operator must compare the client’s registration (redirect address, PKCE) at the provider with docs/operators.md.':
    'El operador debe comparar el registro del cliente (dirección de retorno, PKCE) en el proveedor con docs/operators.md.',
  'The operator must register the redirect address of Transat at the provider, letter by letter.':
    'El operador debe registrar en el proveedor la dirección de retorno de Transat, letra por letra.',
  'The operator must allow the authorization code flow in the client’s registration at the provider.':
    'El operador debe permitir el flujo con código de autorización en el registro del cliente en el proveedor.',
  'Sign in again and agree, or ask the provider’s support why it does not let you in.':
    'Inicie sesión de nuevo y dé su consentimiento, o pregunte al soporte del proveedor por qué no le deja entrar.',
  'Sign in again.': 'Inicie sesión de nuevo.',
  'Sign in again and agree to what is asked.': 'Inicie sesión de nuevo y consienta lo que se pide.',
  'It took too long, or the page was reloaded. Sign in again.': 'Tardó demasiado, o se recargó la página. Inicie sesión de nuevo.',
  '{} refused': '{1} lo rechazó',
  'The sign-in provider at {} did not let Transat {}. It said: “{}”.':
    'El proveedor de identidad en {1} no dejó a Transat {2}. Dijo: «{3}».',
  'Try again. If it stays, the operator should look up these words in the provider’s documentation.':
    'Inténtelo de nuevo. Si sigue, el operador debe buscar estas palabras en la documentación del proveedor.',
  '{} answered with something else': '{1} respondió otra cosa',
  'The sign-in provider at {} gave an answer that can’t be used{}. {}':
    'El proveedor de identidad en {1} dio una respuesta que no se puede usar{2}. {3}',
  ' (status {})': ' (estado {1})',
  'Try again. If it stays, the operator should check the provider’s settings in Transat’s configuration.':
    'Inténtelo de nuevo. Si sigue, el operador debe comprobar lo que la configuración de Transat dice del proveedor.',
  '{} does not answer': '{1} no responde',
  'The sign-in provider at {} gave no answer. {}': 'El proveedor de identidad en {1} no dio respuesta. {2}',
  'The operator must name the certificate of the provider’s authority as `caFile` in the configuration.':
    'El operador debe nombrar el certificado de la autoridad del proveedor como `caFile` en la configuración.',
  'It can’t be read.': 'No se puede leer.',
  'The site names its federation otherwise': 'El sitio llama a su federación de otra manera',
  '{} does not know the federation protocol “{}”.': '{1} no conoce el protocolo de federación «{2}».',
  'Sites choose the protocol’s name themselves; the common ones are “openid” and “oidc”.':
    'Los sitios eligen ellos mismos el nombre del protocolo; los comunes son «openid» y «oidc».',
  'Set the site’s protocol to the name that its operators use.': 'Ponga como protocolo del sitio el nombre que usan sus operadores.',
  'The site is not federated with your identity provider': 'El sitio no está federado con su proveedor de identidad',
  '{} does not know the identity provider “{}”.': '{1} no conoce el proveedor de identidad «{2}».',
  'There is no federated login at this address.': 'En esta dirección no hay inicio de sesión federado.',
  'Use an application credential of this site, or correct the site’s identity provider.':
    'Use una credencial de aplicación de este sitio, o corrija el proveedor de identidad del sitio.',
  '{} asks for a new password before it lets you in.': '{1} pide una contraseña nueva antes de dejarle entrar.',
  'Set a new password at the site, then save it here.': 'Ponga una contraseña nueva en el sitio, y después guárdela aquí.',
  'The name, the domain or the password is wrong, or the account is disabled; the site does not tell which.':
    'El nombre, el dominio o la contraseña no es correcto, o la cuenta está desactivada; el sitio no dice cuál.',
  'Check the three of them and save them again.': 'Compruebe los tres y guárdelos de nuevo.',
  'Transat asked for a sign-in in a way the site does not understand': 'Transat pidió una sesión de una manera que el sitio no entiende',
  '{} could not read the request for a token.': '{1} no pudo leer la petición de un token.',
  'This is a fault of Transat.': 'Esto es un fallo de Transat.',
  'Give the operator of Transat the request id shown here.': 'Dé al operador de Transat el id de petición que se muestra aquí.',
  'Transat asked for something of a project without naming one': 'Transat pidió algo de un proyecto sin nombrar ninguno',
  '{} gives this only to a sign-in that is for a project.': '{1} solo da esto a una sesión para un proyecto.',
  'The site makes no application credentials for federated users': 'El sitio no crea credenciales de aplicación para usuarios federados',
  '{} forgets the roles of federated users at once, so it could not make an application credential for you.':
    '{1} olvida en seguida los papeles de los usuarios federados, así que no pudo crear una credencial de aplicación para usted.',
  'Its setting `default_authorization_ttl` (or that of its identity provider) is 0.':
    'Su ajuste `default_authorization_ttl` (o el de su proveedor de identidad) es 0.',
  'Go on with your federated sign-in, or ask the site’s operators to give the setting a value.':
    'Siga con su sesión federada, o pida a los operadores del sitio que den un valor al ajuste.',
  'This credential may not make others': 'Esta credencial no puede crear otras',
  '{} lets only unrestricted application credentials make others.':
    '{1} solo deja crear otras a credenciales de aplicación sin restricciones.',
  'Sign in with OpenID Connect or a password to make one.': 'Inicie sesión con OpenID Connect o con una contraseña para crear una.',
  ' (at {})': ' (en {1})',
  'Where the {} service of {} should be, something else answers: not JSON, but {}.':
    'Donde debía estar el servicio {1} de {2} responde otra cosa: no JSON, sino {3}.',
  'The address is wrong, or a proxy or portal stands before the service.':
    'La dirección es incorrecta, o hay un proxy o un portal delante del servicio.',
  'Check the site’s address, or tell its operators that their catalogue is wrong.':
    'Compruebe la dirección del sitio, o avise a sus operadores de que su catálogo está mal.',
  'The site’s list has no end': 'La lista del sitio no tiene fin',
  'Its paging is broken, or something that is not OpenStack answers there.':
    'Su paginación está rota, o allí responde algo que no es OpenStack.',
  'Tell the site’s operators, or use another site.': 'Avise a los operadores del sitio, o use otro sitio.',
  'You have no role here that an application credential could have':
    'Aquí no tiene ningún papel que pueda tener una credencial de aplicación',
  'In this project at {} you have {}, and Transat hands on no role that administers.':
    'En este proyecto de {1} usted tiene {2}, y Transat no transmite papeles de administración.',
  'no role': 'ningún papel',
  'Ask for the role “member” in the project, or make the application credential on the site’s own pages.':
    'Pida el papel «member» en el proyecto, o cree la credencial de aplicación en las páginas del propio sitio.',
  'The site has no service “{}” for you': 'El sitio no tiene para usted el servicio «{1}»',
  'The catalogue of {} names no {} address of the service “{}”{}.':
    'El catálogo de {1} no nombra ninguna dirección {2} del servicio «{3}»{4}.',
  ' in the region {}': ' en la región {1}',
  'The site does not offer it, or not to this project.': 'El sitio no lo ofrece, o no a este proyecto.',
  'The site has several regions': 'El sitio tiene varias regiones',
  'The site has no such region': 'El sitio no tiene esa región',
  'The catalogue of {} has the regions {}{}.': 'El catálogo de {1} tiene las regiones {2}{3}.',
  ', but not {}': ', pero no {1}',
  'Set the site’s region to one of them.': 'Ponga como región del sitio una de ellas.',
  'This Keystone is too old': 'Este Keystone es demasiado antiguo',
  'The Keystone at {} offers {}, and Transat needs v3.': 'El Keystone en {1} ofrece {2}, y Transat necesita v3.',
  'no version': 'ninguna versión',
  'Ask the site for the address of its Keystone v3.': 'Pida al sitio la dirección de su Keystone v3.',
  'There is no Keystone at this address': 'En esta dirección no hay ningún Keystone',
  'At {} something answers (status {}), but not as the version document of a Keystone.':
    'En {1} responde algo (estado {2}), pero no como el documento de versiones de un Keystone.',
  'The address is of another service, such as a dashboard, or a part of it is missing.':
    'La dirección es de otro servicio, como un panel, o le falta una parte.',
  'Use the site’s auth_url, as its clouds.yaml or RC file names it: often https://…:5000/v3.':
    'Use el auth_url del sitio, como lo nombra su clouds.yaml o su fichero RC: a menudo https://…:5000/v3.',
  'Choose a project': 'Elija un proyecto',
  'You have several projects at {}: {}.': 'Tiene varios proyectos en {1}: {2}.',
  'Say which of them is meant.': 'Indique a cuál se refiere.',
  'Choose one of your projects': 'Elija uno de sus proyectos',
  'The application credential is for another project': 'La credencial de aplicación es para otro proyecto',
  'At {} this application credential acts in the project {} and in no other.':
    'En {1} esta credencial de aplicación actúa en el proyecto {2} y en ningún otro.',
  'Choose that project, or make an application credential in the one you want.':
    'Elija ese proyecto, o cree una credencial de aplicación en el que quiera.',
  'It calls itself {}, not {}: set `issuer` to what it calls itself.':
    'Se llama a sí mismo {1}, no {2}: ponga en `issuer` como se llama él.',
  'The file `privateKeyFile` holds no private key (PKCS #8, PEM) for {}.':
    'El fichero `privateKeyFile` no contiene ninguna clave privada (PKCS #8, PEM) para {1}.',
  'Try again in a minute. If it stays, the provider’s operators must be told.':
    'Inténtelo en un minuto. Si sigue, hay que avisar a los operadores del proveedor.',
  'Try again in a minute. If it stays, its operators must be told.': 'Inténtelo en un minuto. Si sigue, hay que avisar a sus operadores.',
  'The site says: {}.': 'El sitio dice: {1}.',
  'The {} service of {} answered, but not as OpenStack’s API says{}.':
    'El servicio {1} de {2} respondió, pero no como dice la API de OpenStack{3}.',
  'The {} service of {} goes on listing {} far beyond what a project can have.':
    'El servicio {1} de {2} sigue listando {3} mucho más allá de lo que puede tener un proyecto.',
  'Choose another region, project or site.': 'Elija otra región, otro proyecto u otro sitio.',
} as const satisfies Record<string, string>;
