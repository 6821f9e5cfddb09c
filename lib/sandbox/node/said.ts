import { expand, type Names, UNKNOWN } from './expand';

/** What a command prints, in lines, as far as the commands of recipes are known. */
export function said(command: string, names: Names): string[] {
  const found = /^(log|echo|apt_install|wait_for|systemctl|helm)\b([\s\S]*)$/.exec(command);
  if (!found || />&2/.test(command)) return [];
  const rest = (found[2] ?? '').trim();
  const text = expand(withoutRedirects(rest), names).trim();
  switch (found[1]) {
    case 'log':
      return text.split('\n');
    case 'echo':
      return /^[^"']*>|["'\s]>/.test(rest) ? [] : text.replace(/^-[ne]+\s+/, '').split('\n');
    case 'apt_install': {
      const asked = text.split(/\s+/).filter((word) => !word.startsWith('-'));
      const packages = asked.filter((name) => /^[a-z0-9]/.test(name));
      return [`Installing ${asked.join(' ')}.`, ...packages.map((name) => `Setting up ${name} ...`)];
    }
    case 'wait_for': {
      const [host = UNKNOWN, port = UNKNOWN] = text.split(/\s+/);
      return [`Waiting for ${host}, port ${port}.`, `${host} answers on port ${port} after 1 s.`];
    }
    case 'systemctl': {
      const unit = /^(?:--?\w+\s+)*enable\s+(?:--?\w+\s+)*([\w@.-]+)/.exec(text)?.[1]?.replace(/\.service$/, '');
      return unit
        ? [`Created symlink /etc/systemd/system/multi-user.target.wants/${unit}.service → /lib/systemd/system/${unit}.service.`]
        : [];
    }
    default: {
      const release = /^(?:upgrade|install)\s+(?:--install\s+)?([\w-]+)/.exec(text)?.[1];
      return release ? [`Release "${release}" has been installed. STATUS: deployed`] : [];
    }
  }
}

const withoutRedirects = (text: string) => text.replace(/\s+(?:\d?>|>>|\d>&\d)\s*\S+\s*$/g, '');
