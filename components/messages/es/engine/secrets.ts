/** What is said of sealed secrets and of the secrets store, by its English sentence. */
export const secrets = {
  'data key': 'clave de datos',
  'The key is not the one that the database is sealed with': 'La clave no es aquella con la que está sellada la base de datos',
  'The database has data keys wrapped by {}, and Transat was started with {}.':
    'La base de datos tiene claves de datos envueltas con {1}, y Transat se arrancó con {2}.',
  'Another key was given than before, or a rotation was not run to its end before the former key was taken away.':
    'Se dio otra clave que antes, o no se terminó una rotación antes de quitar la clave anterior.',
  'Give the former key as TRANSAT_KEY_PREVIOUS (or restore the file `key` in the data folder), then run: npm run rotate-key':
    'Dé la clave anterior como TRANSAT_KEY_PREVIOUS (o restaure el fichero `key` en la carpeta de datos) y ejecute: npm run rotate-key',
  'A stored secret can’t be decrypted': 'Un secreto guardado no se puede descifrar',
  'A stored {} can’t be decrypted with the key that Transat was started with.':
    'Con la clave con la que se arrancó Transat no se puede descifrar lo guardado: {1}.',
  'The master key (TRANSAT_KEY, or the file `key` in the data folder) is not the one it was encrypted with.':
    'La clave maestra (TRANSAT_KEY, o el fichero `key` en la carpeta de datos) no es aquella con la que se cifró.',
  'The operator must start Transat with the former key, also as TRANSAT_KEY_PREVIOUS. Otherwise delete the credential and add it again.':
    'El operador debe arrancar Transat con la clave anterior, también como TRANSAT_KEY_PREVIOUS. Si no, borre la credencial y añádala de nuevo.',
  'the secrets store': 'el almacén de secretos',
  'The secrets store is sealed': 'El almacén de secretos está sellado',
  'The secrets store does not answer': 'El almacén de secretos no responde',
  'The secrets store at {} did not answer within {} s ({}).': 'El almacén de secretos en {1} no respondió en {2} s ({3}).',
  'Its certificate is not signed by an authority that Transat knows, or is for another name.':
    'Su certificado no lo firma una autoridad que Transat conozca, o es para otro nombre.',
  'The operator must name the authority’s certificate as `caFile` in the section `vault` of the configuration.':
    'El operador debe nombrar el certificado de la autoridad como `caFile` en la sección `vault` de la configuración.',
  'The secrets store takes no more requests now': 'El almacén de secretos no acepta más peticiones ahora',
  'The secrets store is not ready': 'El almacén de secretos no está listo',
  'The secrets store at {} answered with status {}{}.': 'El almacén de secretos en {1} respondió con el estado {2}{3}.',
  'A quota of requests is used up there.': 'Allí se ha agotado una cuota de peticiones.',
  'It is starting, in maintenance, or has no active node.': 'Está arrancando, en mantenimiento, o no tiene ningún nodo activo.',
  'Its operators must unseal it (`vault operator unseal`, `bao operator unseal`). Nothing is lost; try again then.':
    'Sus operadores deben abrirlo (`vault operator unseal`, `bao operator unseal`). No se pierde nada; inténtelo entonces.',
  'The secrets store sends Transat elsewhere': 'El almacén de secretos manda a Transat a otra parte',
  'The secrets store at {} answered with a redirect (status {}), and Transat follows none: its token would go to another host.':
    'El almacén de secretos en {1} respondió con una redirección (estado {2}), y Transat no sigue ninguna: su token iría a otra máquina.',
  'The address leads to a standby node that does not forward requests.':
    'La dirección lleva a un nodo de reserva que no reenvía peticiones.',
  'The operator must give the address of the active node, or of a balancer that finds it, as `vault.address`.':
    'El operador debe dar como `vault.address` la dirección del nodo activo, o de un balanceador que lo encuentre.',
  'The secrets store refused Transat': 'El almacén de secretos rechazó a Transat',
  'The secrets store at {} did not let Transat {}: status {}{}.': 'El almacén de secretos en {1} no dejó a Transat {2}: estado {3}{4}.',
  'The login of Transat has no policy that allows it, or the login ended.':
    'La sesión de Transat no tiene una política que lo permita, o ha terminado.',
  'A mount, key or path of the section `vault` of the configuration is not there, or of another kind.':
    'Un montaje, una clave o una ruta de la sección `vault` de la configuración no existe, o es de otra clase.',
  'The operator must compare the policy and the paths with “Secrets in Vault or OpenBao” in docs/operators.md.':
    'El operador debe comparar la política y las rutas con «Secrets in Vault or OpenBao» en docs/operators.md.',
  'The secrets store answered with something else': 'El almacén de secretos respondió otra cosa',
  'The answer of {} to the try to {} (status {}) is not one of Vault’s or OpenBao’s API.':
    'La respuesta de {1} al intento de {2} (estado {3}) no es de la API de Vault ni de OpenBao.',
  'The operator must check `vault.address` in the configuration.': 'El operador debe comprobar `vault.address` en la configuración.',
  'keep a secret in {}': 'guardar un secreto en {1}',
  'read a secret of {}': 'leer un secreto de {1}',
  'read a secret': 'leer un secreto',
  'destroy a secret of {}': 'destruir un secreto de {1}',
  'your sign-in': 'su sesión',
  'log in with your sign-in': 'entrar con la sesión de usted',
  'the list of your secrets': 'la lista de sus secretos',
  'list your secrets': 'listar sus secretos',
  'the secret “{}”': 'el secreto «{1}»',
  'read your secret': 'leer su secreto',
  'Your sign-in does not say who you are to the secrets store': 'Su sesión no dice quién es usted para el almacén de secretos',
  'Your secrets store does not give Transat {}': 'Su almacén de secretos no da a Transat {1}',
  'You may not be known there, or may not read there.': 'Puede que allí no le conozcan, o que no pueda leer allí.',
  'Look at your secrets there by yourself first. If that works, the operator should compare role and path with docs/operators.md.':
    'Mire antes usted mismo sus secretos allí. Si funciona, el operador debe comparar el papel y la ruta con docs/operators.md.',
  'log in by {} at {}': 'entrar con {1} en {2}',
  'log in': 'entrar',
  'use the token that the configuration gives (it may have ended)': 'usar el token que da la configuración (puede haber caducado)',
  'look up a token': 'mirar un token',
  'The token for the secrets store is not there': 'El token para el almacén de secretos no está',
  'Transat logs in at its secrets store with the token in {}, and there is no such file.':
    'Transat entra en su almacén de secretos con el token que está en {1}, y no existe ese fichero.',
  'The operator must see to it that the file is there, or name another as `vault.auth.jwtFile`.':
    'El operador debe cuidar de que el fichero esté allí, o nombrar otro como `vault.auth.jwtFile`.',
  'Try again in a minute. If it stays, the operator must look after the secrets store.':
    'Inténtelo en un minuto. Si sigue, el operador debe atender el almacén de secretos.',
  'It was restarted, or somebody sealed it: it can’t open anything until it is unsealed.':
    'Se reinició, o alguien lo selló: no puede abrir nada hasta que se abra él.',
  'status {}': 'estado {1}',
} as const satisfies Record<string, string>;
