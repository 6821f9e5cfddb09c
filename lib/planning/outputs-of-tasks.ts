/** The name under which a playbook's task tells what it put out, as `ansible_output` of the Infrastructure Manager's dialect asks for it. */
export function taskOutput(configuration: string, task: string): string {
  return `${configuration}_${task}`.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
}
