/** The name under which the last step of a software tells that it is done, for playbooks on other machines that wait for it. */
export function doneOutput(software: string): string {
  return `done_${software}`.replaceAll(/[^A-Za-z0-9_]/g, '_');
}
