/** What is said of OSCAR clusters. */
export const clusters = {
  'Another change of “{}” was quicker, so this one was not made.': 'Otro cambio de «{1}» fue más rápido, así que este no se ha hecho.',
  'Load the page again, and make your change if it is still needed.': 'Vuelva a cargar la página y haga su cambio si todavía hace falta.',
  'The storage knows nothing of this upload any more': 'El almacenamiento ya no sabe nada de esta subida',
  'Uploads that nobody goes on with are forgotten by the storage after a while.':
    'El almacenamiento olvida al cabo de un rato las subidas que nadie continúa.',
  'Send the file again.': 'Envíe el fichero de nuevo.',
  'The part has another length': 'La parte tiene otra longitud',
  'It has {} bytes, and should have {}.': 'Tiene {1} bytes, y debería tener {2}.',
  'Send exactly the bytes that the beginning of the upload named.': 'Envíe exactamente los bytes que nombró el comienzo de la subida.',
  'The file is not whole yet': 'El fichero aún no está entero',
  '{} of its parts have not arrived.': 'No han llegado {1} de sus partes.',
  'Go on with the upload, then end it.': 'Continúe la subida y termínela después.',
  'Send it in parts: begin with POST …/uploads.': 'Envíelo por partes: empiece con POST …/uploads.',
} as const satisfies Record<string, string>;
