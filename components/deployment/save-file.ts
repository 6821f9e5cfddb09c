/** Lets the browser save a text as a file. Nothing happens where there is no text yet. */
export function saveFile(name: string, text: string | null): void {
  if (text === null) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  link.download = name.replace(/[^\w.-]+/g, '-');
  link.click();
  URL.revokeObjectURL(link.href);
}
