const key = (place: string) => `upload:${place}`;

/** The upload of a file that was cut off, as this browser remembers it. */
export function recall(place: string): string | null {
  try {
    return window.localStorage.getItem(key(place));
  } catch {
    return null;
  }
}

/** Remembers the upload of a file until it is whole, also for after the page is loaded again. @param upload null: nothing more */
export function remember(place: string, upload: string | null): void {
  try {
    if (upload === null) window.localStorage.removeItem(key(place));
    else window.localStorage.setItem(key(place), upload);
  } catch {
    // a browser may refuse to keep anything: then it goes on as long as the page
  }
}
