/** A template as a file of a catalogue of its own. */
export interface LaidOut {
  /** what the catalogue calls it */
  id: string;
  /** its path in that catalogue's folder */
  file: string;
  text: string;
  /** what it runs, as paths in that folder: whoever tries a template has given it alone */
  unread: string[];
}

const ours = /(?:^|[\s/'"])transat\.yaml\b/m;
const named = /^([ \t]*template_name:[ \t]*)(["']?)([a-z0-9][a-z0-9-]{0,60})\2(?=\s|#|$)/m;
const runs = /(?<![\w./:-])((?:\.\.\/(?:shared|artifacts)\/)?(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:sh|ya?ml))(?![\w./-])/g;
const folderOfMany = /^\.\.\/(shared|artifacts)\//;

/**
 * Where a template is to lie so that the catalogue reads it: in a folder named as it names itself where it is in our dialect, else as a file in the shape
 * of the Infrastructure Manager's. Its lines and columns stay.
 * @param isTaken whether the catalogue has one of that name already
 */
export function layOut(text: string, isTaken: (id: string) => boolean): LaidOut {
  const isOurs = ours.test(text);
  const own = isOurs ? named.exec(text)?.[3] : undefined;
  const id = isOurs ? free(own ?? 'tried', isTaken) : 'tried.yaml';
  const file = isOurs ? `${id}/recipe.yaml` : `templates/${id}`;
  const mentioned = [...text.matchAll(runs)].flatMap(([, path = '']) => (/(?:^|\/)transat\.yaml$/.test(path) ? [] : [path]));
  const folder = file.slice(0, file.lastIndexOf('/'));
  return {
    id,
    file,
    text: own === undefined || own === id ? text : text.replace(named, `$1$2${id}$2`),
    unread: isOurs ? [...new Set(mentioned)].map((path) => (folderOfMany.test(path) ? path.slice('../'.length) : `${folder}/${path}`)) : [],
  };
}

function free(name: string, isTaken: (id: string) => boolean): string {
  return isTaken(name) ? `${name.slice(0, 54)}-tried` : name;
}
