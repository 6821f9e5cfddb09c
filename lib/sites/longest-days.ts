import type { Site } from './types';

const USUAL_DAYS = 90;

/** Longest life of an application credential that is made at a site, in days. */
export const longestDays = ({ rules }: Site): number => rules.applicationCredentialMaxDays ?? USUAL_DAYS;
