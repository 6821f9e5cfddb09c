/**
 * The way from a site to a recipe's form keeps the site in its address, page by page.
 * @param path of the next page, with or without a query
 * @param site its id; '' where nobody came by one
 */
export function keepSite(path: string, site: string): string {
  return site === '' ? path : `${path}${path.includes('?') ? '&' : '?'}site=${encodeURIComponent(site)}`;
}
