/** `. ../shared/certificates.sh`, on a line of its own. */
const shared = /^\. \.\.\/shared\/([\w-]+\.sh)$/gm;
/** what is for the file alone: how it is run, and where a linter finds others */
const forFileAlone = /^(?:#!.*|# shellcheck source=.*)\n/gm;

/**
 * A script with the functions of others in the place of the lines that name them: a machine gets one text, and needs no file beside it.
 * @param read text of a file in `shared`, by its name; undefined where there is none that may be read
 */
export function withSharedFunctions(text: string, read: (name: string) => string | undefined): string {
  return text.replaceAll(shared, (line, name: string) => read(name)?.replaceAll(forFileAlone, '').trimEnd() ?? line);
}
