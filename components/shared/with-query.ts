/**
 * An address with one more parameter, or as it is where there is nothing to say.
 * @param path of a page of ours, with or without a query
 */
export function withQuery(path: string, name: string, value: string): string {
  return value === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
}

/**
 * The way from a site to a recipe's form keeps the site in its address, page by page.
 * @param site its id; '' where nobody came by one
 */
export const keepSite = (path: string, site: string): string => withQuery(path, 'site', site);
