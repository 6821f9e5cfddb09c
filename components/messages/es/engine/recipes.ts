/** What is wrong with recipes, or not as their authors may think, by its English sentence. */
export const recipes = {
  '{}: the role is one of {}.': '{1}: el papel es uno de {2}.',
  '{}: leaving is one of {}.': '{1}: lo que pasa al irse es uno de {2}.',
  '{}, line {}': '{1}, línea {2}',
  'downloads.yaml: {} is for {}, which is no group and no software.':
    'downloads.yaml: {1} es para {2}, que no es ni un grupo ni un programa.',
  'outputs.{}: the kind is one of {}.': 'outputs.{1}: la clase es una de {2}.',
  '{} (and {} more)': '{1} (y {2} más)',
  'The recipe "{}" can\'t be used': 'La receta «{1}» no se puede usar',
  'Tell whoever looks after this recipe; the others are not affected.': 'Avise a quien mantiene esta receta; a las demás no les afecta.',
  "{} can't be combined": '{1} no se pueden combinar',
  'Leave one of the add-ons out.': 'Prescinda de uno de los complementos.',
  'Choose among the add-ons that the recipe offers.': 'Elija entre los complementos que ofrece la receta.',
  'There is no add-on "{}" for the recipe "{}".': 'No existe el complemento «{1}» para la receta «{2}».',
  'The add-on "{}" needs "{}" too.': 'El complemento «{1}» necesita también «{2}».',
  'The add-ons "{}" and "{}" can\'t be chosen together.': 'Los complementos «{1}» y «{2}» no se pueden elegir a la vez.',
  'the path {}': 'la ruta {1}',
  '{} takes {} of {}, and so does {} in {}.': '{1} ocupa {2} de {3}, y también {4} en {5}.',
  'port {}/{}': 'el puerto {1}/{2}',
  'What {} is a copy of, {}, is no recipe that stands alone.':
    'Aquello de lo que {1} es copia, {2}, no es una receta que exista por sí sola.',
  'Use https://host/path for a file.': 'Use https://máquina/ruta para un fichero.',
  'A file always has its checksum.': 'Un fichero siempre tiene su suma de verificación.',
  'Use registry/name:tag@sha256:digest for an image, or say why there is no digest (`unpinned`).':
    'Use registro/nombre:etiqueta@sha256:suma para una imagen, o diga por qué no hay suma (`unpinned`).',
  'An image without a digest needs the exact version as its tag.': 'Una imagen sin suma necesita como etiqueta la versión exacta.',
  'Use 64 lower-case hexadecimal digits.': 'Use 64 cifras hexadecimales en minúscula.',
  'The hash of a password that everybody knows is the default; it is not taken, and one must be given.':
    'El valor de partida es el hash de una contraseña que todo el mundo conoce; no se toma, y hay que dar uno.',
  'A secret that everybody knows is the default; it is not taken, and one is made where none is given.':
    'El valor de partida es un secreto que todo el mundo conoce; no se toma, y si no se da ninguno se genera uno.',
  'The {} of {}.': 'Valor de {1} de {2}.',
  '{}.{}: A secret that everybody knows is written here; another is made in its place.':
    '{1}.{2}: aquí hay escrito un secreto que todo el mundo conoce; en su lugar se genera otro.',
  '{}: this must be known when the deployment is planned; addresses and secrets are not.':
    '{1}: esto debe saberse al planificar el despliegue; las direcciones y los secretos no se saben entonces.',
  '"{}" is not the path of a shell script (.sh) or a playbook (.yml) in the recipe\'s folder.':
    '«{1}» no es la ruta de un script de shell (.sh) o de un playbook (.yml) en la carpeta de la receta.',
  'script {}': 'script {1}',
  "{} is not read from the web, and the catalogue's folder has no copy of it.":
    '{1} no se lee de la web, y en la carpeta del catálogo no hay copia.',
  'It is not read from the web: the types of this folder stand in its place.':
    'No se lee de la web: en su lugar están los tipos de esta carpeta.',
  "{} is no file of the catalogue's folder.": '{1} no es un fichero de la carpeta del catálogo.',
  '{} has not the checksum that imports.yaml names; it has {}.': '{1} no tiene la suma de verificación que dice imports.yaml; tiene {2}.',
  'It leads to {}, which the catalogue has not.': 'Lleva a {1}, que no está en el catálogo.',
  '{}: metadata.elastic_idle names no input.': '{1}: metadata.elastic_idle no nombra ninguna entrada.',
  '{}: elastic_work is one of {}.': '{1}: elastic_work es uno de {2}.',
  '{}: a group that follows a queue has a count that is an input, and max_instances.':
    '{1}: un grupo que sigue una cola tiene por número una entrada, y max_instances.',
  'It leads to no recipe.': 'No lleva a ninguna receta.',
  "It can't be read: {}.": 'No se puede leer: {1}.',
  'Its base, {}, is no recipe that stands alone.': 'Su base, {1}, no es una receta que exista por sí sola.',
  'There is already a recipe "{}" in the catalogue.': 'En el catálogo ya hay una receta «{1}».',
  'The folder {} is a link that leads out of the catalogue.': 'La carpeta {1} es un enlace que sale del catálogo.',
  "What it says in other languages can't be read: {}.": 'No se puede leer lo que dice en otros idiomas: {1}.',
  'No recipe of the catalogue has the groups that it selects.': 'Ninguna receta del catálogo tiene los grupos que selecciona.',
  'The recipe has no group for {}.': 'La receta no tiene ningún grupo para {1}.',
  'On all the groups that are selected these are {}; there may be {}.': 'En todos los grupos seleccionados son {1}; puede haber {2}.',
  '{} is said of here and in line {}; say it in one place, or under another name.':
    'De {1} se habla aquí y en la línea {2}; dígalo en un solo lugar, o con otro nombre.',
  'It extends {}, and that leads to no recipe of the catalogue.': 'Amplía {1}, y eso no lleva a ninguna receta del catálogo.',
  '{} is said here in the place of {}.': '{1} se dice aquí en lugar de lo dicho en {2}.',
  "{} is defined here and otherwise in {}; the two can't be combined.":
    '{1} se define aquí, y de otra manera en {2}; no se pueden combinar.',
  'policies.{}: the site "{}" is not taken from here; it is chosen in the form.':
    'policies.{1}: el sitio «{2}» no se toma de aquí; se elige en el formulario.',
  'it names no group; write them as `targets`.': 'no nombra ningún grupo; escríbalos en `targets`.',
  'another policy has this name.': 'otra política tiene este nombre.',
  '{} is already placed by {}.': '{1} ya tiene su lugar por {2}.',
  '{} is no group of nodes.': '{1} no es un grupo de nodos.',
  'There is no {}.': 'No existe {1}.',
  "{} lies outside of the recipe's folder.": '{1} está fuera de la carpeta de la receta.',
  "{} can't be read: {}.": '{1} no se puede leer: {2}.',
  '{} is no regular file.': '{1} no es un fichero normal.',
  '{} is larger than {} KiB.': '{1} tiene más de {2} KiB.',
  '{} is not UTF-8: this line holds other bytes.': '{1} no es UTF-8: esta línea contiene otros bytes.',
  '{}: a requirement `host` that leads to a group of nodes is missing.': '{1}: falta un requisito `host` que lleve a un grupo de nodos.',
  '{}: metadata.for_leaving names no group.': '{1}: metadata.for_leaving no nombra ningún grupo.',
  "{}.{}: what a step wrote is known only later and can't be a step's input; share a generated secret, or fetch it in the script.":
    '{1}.{2}: lo que escribió un paso solo se sabe después, y no puede ser la entrada de otro; comparta un secreto generado, o búsquelo en el script.',
  '{}.{}: the input {} becomes a variable of the script: use capital letters, digits and underscores.':
    '{1}.{2}: la entrada {3} se convierte en una variable del script: use mayúsculas, cifras y guiones bajos.',
  '{}.{}: {} is set by Transat; use another name.': '{1}.{2}: {3} lo pone Transat; use otro nombre.',
  '{} fetches {} from Ansible Galaxy in whatever version is there that day.':
    '{1} descarga {2} de Ansible Galaxy en la versión que haya ese día.',
  '{}: metadata.{} must be a whole number from 1 to 7200.': '{1}: metadata.{2} debe ser un número entero de 1 a 7200.',
  'The folder\'s name, "{}", needs lower-case letters, digits and hyphens.':
    'El nombre de la carpeta, «{1}», necesita minúsculas, cifras y guiones.',
  "It must be the folder's name, {}.": 'Debe ser el nombre de la carpeta, {1}.',
  'metadata.display_name is missing.': 'falta metadata.display_name.',
  'An add-on extends another recipe, not itself.': 'Un complemento amplía otra receta, no a sí mismo.',
  'It is one of {}.': 'Es uno de {1}.',
  '"{}" is "{}" in the recipe {}, and here as well.': '«{1}» es «{2}» en la receta {3}, y aquí también.',
  'It is left out: what all recipes say takes more than {} KiB.': 'Se deja fuera: lo que dicen todas las recetas ocupa más de {1} KiB.',
  'The file\'s name, "{}", needs letters, digits, hyphens, underscores and dots.':
    'El nombre del fichero, «{1}», necesita letras, cifras, guiones, guiones bajos y puntos.',
  'A service template is a map (name: value).': 'Una plantilla de servicio es un mapa (nombre: valor).',
  'It says nothing.': 'No dice nada.',
  'A text has at most {} characters.': 'Un texto tiene como mucho {1} caracteres.',
  'The recipe does not say: {}.': 'La receta no dice: {1}.',
  '{} and {} more': '{1} y {2} más',
  'a flavor with that many graphics processors is taken, of any make.':
    'se toma un tipo de máquina con tantos procesadores gráficos, de cualquier marca.',
  'a flavor with that many graphics processors is taken, of any model.':
    'se toma un tipo de máquina con tantos procesadores gráficos, de cualquier modelo.',
  'no name is registered; the machine has its address, and names such as <address>.nip.io lead to it.':
    'no se registra ningún nombre; la máquina tiene su dirección, y a ella llevan nombres como <dirección>.nip.io.',
  'every machine has a private address.': 'cada máquina tiene una dirección privada.',
  'the image is chosen with the site.': 'la imagen se elige con el sitio.',
  'machines without a public address are reached by way of one that has one.':
    'a las máquinas sin dirección pública se llega a través de una que la tiene.',
  'no certificate is made.': 'no se crea ningún certificado.',
  'machines that may be taken away are not asked for.': 'no se piden máquinas que puedan ser retiradas.',
  '{} does nothing here: {}': '{1} no hace nada aquí: {2}',
  'it is not supported.': 'no se admite.',
  '{} does nothing here: a deployment makes no {}.': '{1} no hace nada aquí: un despliegue no crea ningún {2}.',
  'The recipe has no such input.': 'La receta no tiene esa entrada.',
  '"{}" is no condition; write input=value.': '«{1}» no es una condición; escriba entrada=valor.',
  '{}: these are asked only while the others are.': '{1}: estas solo se preguntan mientras se preguntan las otras.',
  '"{}" can\'t be generated; there are {}.': '«{1}» no se puede generar; existen {2}.',
  'There is no widget "{}"; there are {}.': 'No existe el control «{1}»; existen {2}.',
  'There is no effect "{}"; there are {}.': 'No existe el efecto «{1}»; existen {2}.',
  'What is generated or secret has the type string.': 'Lo que se genera o es secreto tiene el tipo string.',
  'A secret never has a default; say `generated` in metadata.inputs and `default: ""`.':
    'Un secreto nunca tiene valor de partida; escriba `generated` en metadata.inputs y `default: ""`.',
  "The expression for the names of inputs can't be used: {}.": 'La expresión para los nombres de las entradas no se puede usar: {1}.',
  'No input has a name like {}, so that the tab is empty.': 'Ninguna entrada tiene un nombre como {1}, así que la pestaña está vacía.',
  'The input {} is in two tabs.': 'La entrada {1} está en dos pestañas.',
  "The pattern can't be used: {}.": 'El patrón no se puede usar: {1}.',
  'The control "{}" is not known, so that it is a field for text.': 'El control «{1}» no se conoce, así que es un campo de texto.',
  '"{}" does nothing here.': '«{1}» no hace nada aquí.',
  'There is no such output.': 'No existe esa salida.',
  'It lacks what the recipe says: {}.': 'Le falta lo que dice la receta: {1}.',
  'There is no such input.': 'No existe esa entrada.',
  'Other templates are being tried just now': 'Ahora mismo se están probando otras plantillas',
  'The template could not be tried': 'La plantilla no se ha podido probar',
  'Reading it took more time or memory than a template may take.':
    'Leerla ha llevado más tiempo o memoria de los que puede llevar una plantilla.',
  'Make it smaller, and try again.': 'Hágala más pequeña y vuelva a probar.',
} as const satisfies Record<string, string>;
