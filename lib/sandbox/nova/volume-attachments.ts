import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { invalidBody, malformedBody, novaFault } from './errors';
import { serverOf } from './servers';

const newAttachment = z.object({
  volumeAttachment: z.strictObject({
    volumeId: z.string(),
    device: z.string().nullish(),
    tag: z.string().optional(),
    delete_on_termination: z.boolean().optional(),
  }),
});

/** Volumes of a running server. */
export function volumeAttachmentRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  const server = (call: Call) => serverOf(world, session(call), call.params.id);
  const base = '/servers/:id/os-volume_attachments';
  const show = (serverId: string, volume: { id: string; device: string }) => ({
    id: volume.id,
    volumeId: volume.id,
    serverId,
    device: volume.device,
  });

  world.schedule.on('volume-attached', (id) => {
    const volume = world.state.volumes.find((one) => one.id === id);
    const holder = world.state.servers.find((one) => one.volumes.some((attached) => attached.id === id));
    const device = holder?.volumes.find((attached) => attached.id === id)?.device;
    if (!volume || !holder || !device || volume.status !== 'reserved') return;
    volume.status = 'in-use';
    volume.attachment = { id: randomUUID(), serverId: holder.id, device, at: world.now() };
  });
  world.schedule.on('volume-detached', (id) => {
    const volume = world.state.volumes.find((one) => one.id === id);
    for (const holder of world.state.servers) holder.volumes = holder.volumes.filter((attached) => attached.id !== id);
    if (volume) Object.assign(volume, { status: 'available', attachment: null, updatedAt: world.now() });
  });

  return [
    route('GET', base, (call) => {
      const holder = server(call);
      return { status: 200, body: { volumeAttachments: holder.volumes.map((volume) => show(holder.id, volume)) } };
    }),
    route('GET', `${base}/:volume`, (call) => {
      const holder = server(call);
      const attached = holder.volumes.find((volume) => volume.id === call.params.volume);
      if (!attached) throw novaFault(404, `Instance ${holder.id} is not attached to volume ${call.params.volume}`);
      return { status: 200, body: { volumeAttachment: show(holder.id, attached) } };
    }),
    route('POST', base, (call) => {
      const holder = server(call);
      const { volumeAttachment: given } = check(newAttachment, parseJson(call.text, malformedBody), invalidBody);
      const volume = world.state.volumes.find((one) => one.id === given.volumeId && one.projectId === holder.projectId);
      if (!volume) throw novaFault(404, `Volume ${given.volumeId} could not be found.`);
      if (!['active', 'stopped'].includes(holder.vmState))
        throw novaFault(409, `Cannot 'attach_volume' instance ${holder.id} while it is in vm_state ${holder.vmState}`);
      if (volume.status !== 'available') {
        throw novaFault(400, `Invalid volume: volume '${volume.id}' status must be 'available'. Currently in '${volume.status}' status.`);
      }
      const device = given.device ?? `/dev/vd${String.fromCharCode('b'.charCodeAt(0) + holder.volumes.length)}`;
      const attached = { id: volume.id, device, deleteOnTermination: given.delete_on_termination ?? false };
      holder.volumes.push(attached);
      Object.assign(volume, { status: 'reserved', updatedAt: world.now() });
      world.schedule.after(600, 'volume-attached', volume.id);
      return { status: 200, body: { volumeAttachment: show(holder.id, attached) } };
    }),
    route('DELETE', `${base}/:volume`, (call) => {
      const holder = server(call);
      const volume = world.state.volumes.find((one) => one.id === call.params.volume);
      if (!volume || !holder.volumes.some((attached) => attached.id === volume.id)) {
        throw novaFault(404, `Instance ${holder.id} is not attached to volume ${call.params.volume}`);
      }
      Object.assign(volume, { status: 'detaching', updatedAt: world.now() });
      world.schedule.after(600, 'volume-detached', volume.id);
      return { status: 202 };
    }),
  ];
}
