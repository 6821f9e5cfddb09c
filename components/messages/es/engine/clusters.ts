/** What is said of OSCAR clusters. */
export const clusters = {
  'Another change of “{}” was quicker, so this one was not made.': 'Otro cambio de «{1}» fue más rápido, así que este no se ha hecho.',
  'Load the page again, and make your change if it is still needed.': 'Vuelva a cargar la página y haga su cambio si todavía hace falta.',
} as const satisfies Record<string, string>;
