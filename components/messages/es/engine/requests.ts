/** What is said of requests to the API, and of messages that are sent, by its English sentence. */
export const requests = {
  'That is more than one person may have here': 'Es más de lo que una persona puede tener aquí',
  'Who runs this Transat lets a person have {} nodes at once. You have {}, and this adds {}.':
    'Quien lleva este Transat deja que una persona tenga {1} nodos a la vez. Usted tiene {2}, y esto añade {3}.',
  'That is more than one project may have here': 'Es más de lo que un proyecto puede tener aquí',
  'Who runs this Transat lets a project have {} nodes at once. At {} this one has {}, and this adds {}.':
    'Quien lleva este Transat deja que un proyecto tenga {1} nodos a la vez. En {2} este tiene {3}, y esto añade {4}.',
  'Delete something or make it smaller first, or ask who runs this Transat for more.':
    'Borre o reduzca algo antes, o pida más a quien lleva este Transat.',
  'The body: {}': 'El cuerpo: {1}',
  'The body is not said to be JSON': 'No se dice que el cuerpo sea JSON',
  'Content-Type is {}.': 'Content-Type es {1}.',
  'Send JSON, with Content-Type: application/json.': 'Envíe JSON, con Content-Type: application/json.',
  'The body is not JSON': 'El cuerpo no es JSON',
  'The request’s body could not be read as JSON.': 'El cuerpo de la petición no se pudo leer como JSON.',
  'Send a JSON object, with Content-Type: application/json.': 'Envíe un objeto JSON, con Content-Type: application/json.',
  'This is nested too deeply.': 'Esto está anidado a demasiada profundidad.',
  'This text has characters that can’t be stored.': 'Este texto tiene caracteres que no se pueden guardar.',
  'This has a field whose name can’t be used.': 'Esto tiene un campo cuyo nombre no se puede usar.',
  'The request is too large': 'La petición es demasiado grande',
  'The body of this request may have {} KiB at most.': 'El cuerpo de esta petición puede tener como mucho {1} KiB.',
  'Send less at once. Large files belong on the nodes, not in the request.':
    'Envíe menos de una vez. Los ficheros grandes van en los nodos, no en la petición.',
  'This was asked so often for you in a short time that Transat does it no more now.':
    'Esto se ha pedido tantas veces por usted en poco tiempo que Transat ya no lo hace por ahora.',
  'It reaches servers of others, or takes much work, so there is a limit for one person, and for who has not signed in.':
    'Llega a servidores de otros, o da mucho trabajo, así que hay un límite por persona, y para quien no ha iniciado sesión.',
  '{} minutes': '{1} minutos',
  'The process that sent it ended before it was answered.': 'El proceso que lo envió terminó antes de recibir respuesta.',
  'There is no mail server, or no address, any more.': 'Ya no hay servidor de correo, o ya no hay dirección.',
  'There is no webhook any more.': 'Ya no hay webhook.',
  'The webhook answered {}.': 'El webhook respondió {1}.',
  'Webhooks are not offered here.': 'Aquí no se ofrecen webhooks.',
  'This is no address.': 'Esto no es una dirección.',
  'This address can’t be used.': 'Esta dirección no se puede usar.',
  'There is no version {}.': 'No existe la versión {1}.',
  'There is no state “{}”; there are {}.': 'No existe el estado «{1}»; existen {2}.',
  'such method': 'tal método',
  'The path can’t be read': 'La ruta no se puede leer',
  'It has a % that two hexadecimal digits of UTF-8 text do not follow.':
    'Tiene un % al que no siguen dos cifras hexadecimales de texto UTF-8.',
  'Write a % itself as %25.': 'Escriba el propio % como %25.',
  'You are not signed in': 'No ha iniciado sesión',
  'This needs a signed-in person: a browser session, a personal access token, or an access token of a sign-in provider.':
    'Esto necesita una persona que haya iniciado sesión: una sesión de navegador, un token personal de acceso o un token de acceso de un proveedor de identidad.',
  'Sign in, or send a token as “Authorization: Bearer …”.': 'Inicie sesión, o envíe un token como «Authorization: Bearer …».',
  'This token may only read': 'Este token solo puede leer',
  'The personal access token has the scope “read”, and this request changes something.':
    'El token personal de acceso tiene el ámbito «read», y esta petición cambia algo.',
  'Make a token with the scope “write” in Settings → Tokens.': 'Cree un token con el ámbito «write» en Ajustes → Tokens.',
  'There is nothing at this path': 'En esta ruta no hay nada',
  'The API has no {}.': 'La API no tiene {1}.',
  'All paths are listed at {}/openapi.json.': 'Todas las rutas están en {1}/openapi.json.',
  'Too much is open at once': 'Hay demasiado abierto a la vez',
  'Too much is sent at once': 'Se envía demasiado a la vez',
  '{} answers that go on are open for you already.': 'Ya hay {1} respuestas que continúan abiertas para usted.',
  'Requests of 8 MiB are under way for you already.': 'Ya hay peticiones de 8 MiB en curso para usted.',
  'Close some of them.': 'Cierre algunas.',
  'Use 1 to 200 visible ASCII characters.': 'Use de 1 a 200 caracteres ASCII visibles.',
  'This Idempotency-Key was used for another request': 'Esta Idempotency-Key se usó para otra petición',
  'The key names an earlier request with another method, path or body.':
    'La clave nombra una petición anterior con otro método, otra ruta u otro cuerpo.',
  'Use a new key for a new request, and the same key only to repeat the very same request.':
    'Use una clave nueva para una petición nueva, y la misma solo para repetir exactamente la misma petición.',
  'The first request with this Idempotency-Key is still running': 'La primera petición con esta Idempotency-Key aún está en marcha',
  'Wait a few seconds and repeat it with the same key.': 'Espere unos segundos y repítala con la misma clave.',
  'This is not a cursor of this list. Take `next` of the page before.':
    'Esto no es un cursor de esta lista. Tome el `next` de la página anterior.',
  'There is no {} at this path': 'En esta ruta no hay {1}',
  'This path knows {}.': 'Esta ruta conoce {1}.',
  'All paths and methods are listed at /api/v1/openapi.json.': 'Todas las rutas y métodos están en /api/v1/openapi.json.',
  'This field is not known here.': 'Este campo no se conoce aquí.',
  'There is no time zone “{}”. Give a name such as Europe/Madrid.': 'No existe la zona horaria «{1}». Dé un nombre como Europe/Madrid.',
  'This time has no offset. Add one, as in 2026-11-22T14:00Z, or name the zone that it is in.':
    'Esta hora no tiene desfase. Añada uno, como en 2026-11-22T14:00Z, o diga en qué zona es.',
  'A node’s token is needed': 'Hace falta el token de un nodo',
  'This path is for the agent on a node, which sends the token of its node.':
    'Esta ruta es para el agente de un nodo, que envía el token de su nodo.',
  'The file is larger than 5 GiB': 'El fichero tiene más de 5 GiB',
  'The length of the file is not said': 'No se dice el tamaño del fichero',
  'Send Content-Length.': 'Envíe Content-Length.',
  'open a console': 'abrir una consola',
  'see secrets': 'ver secretos',
  'make a token': 'crear un token',
  'make the address of a calendar': 'crear la dirección de un calendario',
  'Wait until they are answered.': 'Espere a que se respondan.',
} as const satisfies Record<string, string>;
