import { expect, type Page } from '@playwright/test';

/** A cluster that the sandbox offers: its page there, and what lets one in. */
export interface Offered {
  /** where the sandbox tells its keys, and takes how it is to behave */
  admin: string;
  endpoint: string;
  user: string;
  password: string;
}

/** The clusters that the sandbox offers, in the order of the page of clusters, which is open. */
export async function offeredClusters(page: Page): Promise<Offered[]> {
  const links = page.getByRole('link', { name: 'User and keys' });
  await expect(links.first()).toBeVisible();
  const addresses = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));
  return await Promise.all(
    addresses.map(async (admin) => ({ ...(await (await page.request.get(`${admin}/try-me`)).json()), admin: admin ?? '' })),
  );
}

/** Cuts a cluster off from everybody, or lets it back. */
export async function cut(page: Page, { admin }: Offered, unreachable: boolean): Promise<void> {
  expect((await page.request.put(`${admin}/_settings`, { data: { unreachable } })).ok()).toBe(true);
}

/** Takes all room of a cluster for some minutes. */
export async function fill(offered: Offered): Promise<void> {
  const environment = { variables: { SECONDS: '1800' } };
  const wait = { name: 'fill', image: 'transat/wait:1', script: 'sleep', cpu: '7.8', memory: '256Mi', environment };
  expect((await ask(offered, 'POST', '/system/services', wait)).status).toBe(201);
  const { token } = (await (await ask(offered, 'GET', '/system/services/fill')).json()) as { token: string };
  for (let jobs = 0; jobs < 2; jobs++) {
    const request = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'x' };
    expect((await fetch(`${offered.endpoint}/job/fill`, request)).status).toBe(201);
  }
}

/** Gives the room back that `fill` took. */
export async function makeRoom(offered: Offered): Promise<void> {
  expect((await ask(offered, 'DELETE', '/system/services/fill')).status).toBe(204);
}

async function ask({ endpoint, user, password }: Offered, method: string, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, 'content-type': 'application/json' };
  return await fetch(endpoint + path, { method, headers, body: body && JSON.stringify(body) });
}
