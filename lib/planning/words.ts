/** `1 CPU`, `4 CPUs`. */
export const cpuWords = (count: number): string => `${count} ${count === 1 ? 'CPU' : 'CPUs'}`;

/** An amount of memory given in MiB, as people say it: `512 MiB`, `4 GiB`, `1.5 GiB`. */
export function memoryWords(mebibytes: number): string {
  return mebibytes < 1024 ? `${mebibytes} MiB` : `${Math.round((mebibytes / 1024) * 10) / 10} GiB`;
}
