/** What is said of running a cluster for others, by its English sentence. */
export const operation = {
  'Only the cluster’s own user may do that': 'Solo el usuario propio del clúster puede hacer eso',
  'You come to “{}” with your own sign-in; what concerns everybody there is for who has its password.':
    'Entra a «{1}» con su propia sesión; lo que afecta a todas las personas de allí es para quien tiene su contraseña.',
  'Register it with its user and password, or ask whoever runs it.': 'Regístrelo con su usuario y contraseña, o pida a quien lo opera.',
  'This cluster does not have that': 'Este clúster no tiene eso',
  '“{}” is of a release that does not know it, or its operator switched it off.':
    '«{1}» es de una versión que no lo conoce, o su operador lo desactivó.',
  'Ask whoever runs the cluster.': 'Pregunte a quien opera el clúster.',
  '“{}” is no beginning of an image’s name: write such as ghcr.io/grycap.':
    '«{1}» no es comienzo de un nombre de imagen: escriba algo como ghcr.io/grycap.',
  'Say what is to change.': 'Diga qué ha de cambiar.',
  'Write a whole number.': 'Escriba un número entero.',
  'The cluster knows nobody as “{}”: it does after they came there once with their own sign-in.':
    'El clúster no conoce a nadie como «{1}»: lo hará cuando haya entrado allí una vez con su propia sesión.',
  'change which images it takes': 'cambiar qué imágenes acepta',
  'show its log': 'mostrar su registro',
  'tell the use of {}': 'decir el uso de {1}',
  'tell somebody’s quotas': 'decir las cuotas de alguien',
  'change somebody’s quotas': 'cambiar las cuotas de alguien',
} as const satisfies Record<string, string>;
