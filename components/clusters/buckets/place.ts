/** The bucket and the folder of a path, which ends in a slash where it is one. Pure. */
export function placeOf(path: string): { bucket: string; folder: string } {
  const [bucket = '', ...rest] = path.split('/').filter(Boolean);
  return { bucket, folder: rest.length > 0 ? `${rest.join('/')}/` : '' };
}

/** The folders that lead to one, each with its name. Pure. */
export function steps(folder: string): { name: string; folder: string }[] {
  const names = folder.split('/').filter(Boolean);
  return names.map((name, index) => ({ name, folder: `${names.slice(0, index + 1).join('/')}/` }));
}

/** What is left of a key within its folder. Pure. */
export const nameIn = (folder: string, key: string) => key.slice(folder.length).replace(/\/$/, '');

const pictures = /\.(png|jpe?g|gif|webp)$/i;
const texts = /\.(txt|md|json|ya?ml|csv|tsv|log|xml|html?|sh|py|js|ts|toml|ini|cfg|out|err)$/i;

/** How a file can be looked at, by its name. Pure. */
export function lookOf(key: string): 'picture' | 'text' | null {
  if (pictures.test(key)) return 'picture';
  return texts.test(key) ? 'text' : null;
}
