/**
 * Ports of services that are not HTTP, where a request could be taken for something else: those that browsers refuse (Fetch standard,
 * "port blocking", fetch.spec.whatwg.org), and databases, caches and control planes that listen without a password.
 */
const REFUSED = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117,
  119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
  989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 6000,
  6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 10080, 10250, 11211, 27017,
]);

/** Whether a cloud's API may be at this port of a URL; an empty one is the scheme's own. */
export function isFitPort(port: string): boolean {
  return port === '' || (Number(port) > 0 && !REFUSED.has(Number(port)));
}
