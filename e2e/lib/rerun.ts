import type { Api } from './api';

/** Has the first node of a deployment run its steps again from one on, and waits until it is through. @throws as {@link Api.until} */
export async function rerun(api: Api, id: string, from: string, seconds = 300): Promise<void> {
  const [first] = await api.nodes(id);
  await api.call('POST', `/deployments/${id}/actions`, { action: 'configure', nodes: [first?.key], from });
  await api.until(id, ['ready'], seconds);
}
