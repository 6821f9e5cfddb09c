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
  'signin.error.RequiredGroup':
    'Su cuenta es válida, pero no está en ninguno de los grupos que pueden usar este Transat. Pregunte a su operador a qué grupo unirse.',
  'signin.error.OtherAddress': 'A este Transat se llega por otra dirección. Ya está en ella: entre ahora.',
  'signin.error.AccessDenied': 'El proveedor no le dejó entrar, o usted lo rechazó. Reintente o elija otro proveedor.',
  'signin.error.Default':
    'No se pudo entrar: el proveedor o su respuesta no sirvieron. Reintente; si persiste, diga al operador la palabra {code}.',
  'landing.lead': 'Clústeres de cálculo en las dos orillas del Atlántico, desde una receta, en minutos.',
};
