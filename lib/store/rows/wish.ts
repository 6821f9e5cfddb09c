/** A deletion that was asked for. */
export interface Deletion {
  /** ISO 8601 */
  asked: string;
  /** what becomes of volumes that its clusters made for claims: people's data */
  claims: 'stay' | 'go';
  /** places that were looked at for what its clusters have made */
  looked: string[];
  /** what was told to stay there: each is told once */
  told: string[];
}

/** By the clocks of a zone, on some days of the week (1 is Monday): `08:00`. */
export interface KeptSchedule {
  zone: string;
  days: number[];
  start: string;
  stop: string;
}
