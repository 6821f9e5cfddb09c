import type { signin as english } from '../en/signin';
import type { Message } from '../types';

export const signin: Record<keyof typeof english, Message> = {
  'signin.action': 'Entrar',
  'signin.out': 'Salir',
  'signin.title': 'Entrar',
  'signin.note': 'Con la cuenta de su organización de investigación. Transat no guarda ninguna contraseña.',
  'signin.with': 'Continuar con {provider}',
  'signin.noProviders': 'No hay ningún proveedor de identidad configurado. El operador lo añade en la configuración.',
  'signin.browse': 'Ver las recetas sin entrar',
  'signin.error.OtherAddress': 'A este Transat se llega por otra dirección. Ya está en ella: entre ahora.',
  'signin.error.AccessDenied': 'El proveedor no le dejó entrar, o usted lo rechazó. Reintente o elija otro proveedor.',
  'signin.error.Default':
    'No se pudo entrar: el proveedor o su respuesta no sirvieron. Reintente; si persiste, diga al operador la palabra {code}.',
  'signin.refused.unanswered': '{provider} no responde. Reintente dentro de un minuto; si persiste, hay que avisar a sus operadores.',
  'signin.refused.certificate':
    'El certificado de {provider} no es de confianza. El operador debe indicar su autoridad como caFile de este proveedor en la configuración.',
  'signin.refused.unreadable':
    '{provider} dio una respuesta que no sirve. El operador debería comparar este proveedor en la configuración con lo que dijo:',
  'signin.refused.declined': '{provider} no le dejó entrar, o usted lo rechazó. Reintente o elija otro proveedor.',
  'signin.refused.client':
    '{provider} no conoce este Transat, o no con este secreto. El operador debe comparar clientId, clientSecret y clientAuth con el registro del cliente allí.',
  'signin.refused.grant':
    '{provider} no permite que este Transat dé entrada así. El operador debe permitir el flujo con código de autorización en el registro del cliente allí.',
  'signin.refused.scope':
    '{provider} no conoce algo de lo que se le pide. El operador debe quitarlo de scopes de este proveedor en la configuración.',
  'signin.refused.request':
    '{provider} no aceptó la pregunta. El operador debe comparar la dirección de retorno y PKCE en el registro del cliente allí con la guía de operadores.',
  'signin.refused.late': 'La entrada tardó demasiado, se empezó en otra ventana o se recargó su página. Entre de nuevo.',
  'signin.refused.group':
    'Su cuenta es válida, pero no está en ninguno de los grupos que pueden usar este Transat. Pregunte a su operador a qué grupo unirse.',
  'signin.refused.refused': '{provider} lo rechazó. El operador debería buscar sus palabras en la documentación del proveedor.',
  'signin.refused.said': 'Dijo: «{words}»',
  'signin.refused.namespaces':
    'Para el operador: {provider} nombra grupos de {namespaces}, que groups.namespaces de este proveedor no tiene.',
  'again.title': 'Entre una vez más',
  'again.note': 'Hace un rato que entró. Para lo que es secreto, Transat quiere estar seguro de que es usted. Volverá a esta página.',
  'again.action': 'Entrar de nuevo',
  'landing.lead': 'Clústeres de cálculo en las dos orillas del Atlántico, desde una receta, en minutos.',
};
