/** A program of the sandbox's own, which stands for a container image. */
export interface Program {
  /** how long it seems to take, at normal speed */
  seconds(variables: Record<string, string>): number;
  /** what it prints and writes */
  run(
    input: { name: string; bytes: Buffer },
    variables: Record<string, string>,
  ): { log: string[]; files: { name: string; bytes: Buffer }[] };
}
