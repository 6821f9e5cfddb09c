const url = `http://localhost:${Number(process.env.TRANSAT_E2E_PORT ?? '3200') + 100}`;

type Inventory = Record<string, { name?: string; description?: string }[]>;

/** Names of everything that people made and that exists in one of the embedded clouds. */
export async function inventory(cloud: 'europe' | 'america'): Promise<string[]> {
  const answer = await fetch(`${url}/${cloud}/_inventory`);
  const lists = (await answer.json()) as Inventory;
  return Object.entries(lists).flatMap(([kind, items]) => items.map((item) => `${kind}: ${item.name || item.description}`));
}

/** Tells an embedded cloud to answer the next matching calls with a fault (lib/sandbox/README.md). */
export async function fault(cloud: 'europe' | 'america', body: unknown): Promise<void> {
  const answer = await fetch(`${url}/${cloud}/_faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`fault: ${answer.status} ${await answer.text()}`);
}
