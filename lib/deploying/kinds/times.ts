/** Seconds that a virtual machine may take from running until its agent is heard. */
export const bootSeconds = 900;
/** The same for hardware of one's own, which checks itself first. */
export const metalBootSeconds = 1800;
/** Seconds that a server on hardware of its own may take from the first try until it runs. */
export const metalDeadlineSeconds = 3600;
/** Seconds that a deletion may take in all. */
export const deleteSeconds = 900;
/** Seconds that a server takes until its site does not list it any more … */
export const serverLeaveSeconds = 30;
/** … and one on hardware of its own, which is taken down and powered off first. */
export const metalLeaveSeconds = 180;

/** Seconds that a machine may take from its server's start until its agent is heard. */
export const bootWait = (bareMetal: boolean): number => (bareMetal ? metalBootSeconds : bootSeconds);

/** Seconds that a server may take to get another flavor, its disk being copied to another host, and to be heard again. */
export const resizeSeconds = 3600;
