const year = 31_536_000;

/** Keeps a choice of language or theme for a year on this browser. */
export function setPreference(cookie: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not in every browser that people use
  document.cookie = `${cookie}=${value}; path=/; max-age=${year}; samesite=lax`;
}
