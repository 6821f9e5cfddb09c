/** Moments as OpenStack's services write them; all UTC. */

/** `2026-11-21T12:10:27Z`: Nova, Neutron, Glance */
export const zulu = (moment: number) => `${new Date(moment).toISOString().slice(0, 19)}Z`;
/** `2026-11-21T12:10:27.000000`: Cinder, Nova's launched_at, Blazar's dates */
export const micro = (moment: number) => `${new Date(moment).toISOString().slice(0, 19)}.000000`;
/** `2026-11-21T12:10:27.000000Z`: Keystone's tokens */
export const microZulu = (moment: number) => `${micro(moment)}Z`;
/** `2026-11-21 12:10:27`: Blazar's created_at */
export const spaced = (moment: number) => new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
