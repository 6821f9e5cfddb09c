import { listed } from '@/lib/core/listed';
import type { About, Language, Telling } from './types';

/** A notice as people read it. */
export interface Words {
  title: string;
  /** sentences, each a paragraph */
  lines: string[];
}

type Sentence = (about: About, at: (iso: string | undefined) => string) => string;
type Of = Record<Telling, { title: Sentence; lines: Sentence[] }>;

const list = (names: string[] | undefined, and: string): string => listed(names ?? [], and, (count) => `+${count}`);

const ends = (left: string) => ({
  title: (({ name }) => `The lease ${name} ends in ${left}`) as Sentence,
  lines: [
    (({ name, site, end }, at) => `The lease ${name} at ${site} ends at ${at(end)}.`) as Sentence,
    (({ names }) =>
      names
        ? `${list(names, 'and')} will be wound down before: what is stored on the nodes is lost then. Save what you need, or extend the lease.`
        : 'Whatever runs on it then is deleted by the site. Save what you need, or extend the lease.') as Sentence,
  ],
});
const acaba = (left: string) => ({
  title: (({ name }) => `La reserva ${name} acaba dentro de ${left}`) as Sentence,
  lines: [
    (({ name, site, end }, at) => `La reserva ${name} en ${site} acaba el ${at(end)}.`) as Sentence,
    (({ names }) =>
      names
        ? `Antes se desmontará ${list(names, 'y')}: entonces se pierde lo que esté guardado en los nodos. Guarde lo que necesite o prorrogue la reserva.`
        : 'El sitio borra entonces lo que funcione en ella. Guarde lo que necesite o prorrogue la reserva.') as Sentence,
  ],
});

const closes = (left: string) => ({
  title: (({ name }) => `${name} ends in ${left}`) as Sentence,
  lines: [
    (({ name, site, end }, at) => `The deployment ${name} at ${site} is deleted at ${at(end)}, with all that is stored on it.`) as Sentence,
    (() => 'Save what you need, or move its end.') as Sentence,
  ],
});
const cierra = (left: string) => ({
  title: (({ name }) => `${name} acaba dentro de ${left}`) as Sentence,
  lines: [
    (({ name, site, end }, at) => `El despliegue ${name} en ${site} se borra el ${at(end)}, con todo lo que guarda.`) as Sentence,
    (() => 'Guarde lo que necesite o mueva su final.') as Sentence,
  ],
});

const en: Of = {
  'closes-24h': closes('a day'),
  'closes-2h': closes('two hours'),
  'ends-48h': ends('two days'),
  'ends-24h': ends('a day'),
  'ends-2h': ends('two hours'),
  'ends-30min': ends('half an hour'),
  shortened: {
    title: ({ name }) => `The lease ${name} was shortened`,
    lines: [({ name, site, end }, at) => `The lease ${name} at ${site} was changed outside of Transat, and now ends at ${at(end)}.`],
  },
  idle: {
    title: ({ name }) => `Nothing runs on the lease ${name}`,
    lines: [
      ({ name, site, idleEndsAt }, at) =>
        `The lease ${name} runs, and nothing was started on it from here. ${idleEndsAt ? `${site} ends leases that are not used: this one at about ${at(idleEndsAt)}.` : `${site} warns of leases that are not used.`}`,
      () => 'Deploy on it, or end it so that others can have it.',
    ],
  },
  stacking: {
    title: ({ nodeType }) => `Your leases of ${nodeType} follow each other closely`,
    lines: [
      ({ nodeType, site, percent, days }) =>
        `With your leases of ${nodeType} at ${site}, ${percent} % of ${days} days are taken. ${site} objects to that, and may end leases.`,
      () => 'Leave gaps, or take another kind of hardware for a part of the time.',
    ],
  },
  health: {
    title: ({ name }) => `The lease ${name} is not as it should be`,
    lines: [({ detail }) => detail ?? '', ({ remedy }) => remedy ?? ''],
  },
  ended: {
    title: ({ name }) => `${name} was ended by its lease`,
    lines: [
      ({ name, site }) => `${name} at ${site} was wound down because its lease ended.`,
      ({ names }) => (names ? `What was stored on ${list(names, 'and')} is lost.` : ''),
    ],
  },
};

const es: Of = {
  'closes-24h': cierra('un día'),
  'closes-2h': cierra('dos horas'),
  'ends-48h': acaba('dos días'),
  'ends-24h': acaba('un día'),
  'ends-2h': acaba('dos horas'),
  'ends-30min': acaba('media hora'),
  shortened: {
    title: ({ name }) => `La reserva ${name} se ha acortado`,
    lines: [({ name, site, end }, at) => `La reserva ${name} en ${site} se ha cambiado fuera de Transat y ahora acaba el ${at(end)}.`],
  },
  idle: {
    title: ({ name }) => `Nada funciona en la reserva ${name}`,
    lines: [
      ({ name, site, idleEndsAt }, at) =>
        `La reserva ${name} está en marcha y desde aquí no se ha iniciado nada en ella. ${idleEndsAt ? `${site} termina las reservas que no se usan: esta, hacia el ${at(idleEndsAt)}.` : `${site} avisa de las reservas que no se usan.`}`,
      () => 'Despliegue algo en ella, o termínela para que otros puedan tenerla.',
    ],
  },
  stacking: {
    title: ({ nodeType }) => `Sus reservas de ${nodeType} se suceden muy de cerca`,
    lines: [
      ({ nodeType, site, percent, days }) =>
        `Con sus reservas de ${nodeType} en ${site} está ocupado el ${percent} % de ${days} días. ${site} no lo admite y puede terminar reservas.`,
      () => 'Deje huecos, o use otro tipo de equipo durante una parte del tiempo.',
    ],
  },
  health: {
    title: ({ name }) => `La reserva ${name} no está como debería`,
    lines: [({ detail }) => detail ?? '', ({ remedy }) => remedy ?? ''],
  },
  ended: {
    title: ({ name }) => `${name} terminó con su reserva`,
    lines: [
      ({ name, site }) => `${name} en ${site} se ha desmontado porque acabó su reserva.`,
      ({ names }) => (names ? `Se ha perdido lo que estaba guardado en ${list(names, 'y')}.` : ''),
    ],
  },
};

const languages: Record<Language, Of> = { en, es };

/** A notice in words. A mail does not know where it is read, so its times are in UTC. */
export function wordsOf(what: Telling, about: About, language: Language): Words {
  const at = (iso: string | undefined) => (iso === undefined ? '' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`);
  const { title, lines } = languages[language][what];
  return { title: title(about, at), lines: lines.map((line) => line(about, at)).filter((line) => line !== '') };
}

/** What stands below a mail. */
export function footOf(language: Language, url: string, path: string): string[] {
  const settings = `${url}/settings/notifications`;
  return language === 'es'
    ? [`Más: ${url}${path}`, `Transat envía estos avisos porque usted los quiere; se cambian en ${settings}`]
    : [`More: ${url}${path}`, `Transat sends these because you want them; change that at ${settings}`];
}
