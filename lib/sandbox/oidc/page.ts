import type { Person } from './people';

const style = `
:root{color-scheme:light dark;--bg:#f4f6f9;--card:#fff;--text:#16202c;--soft:#566577;--line:#dde3ea;--accent:#0b6b8f;--mark:#8a5a00;--mark-bg:#fff4dc}
@media (prefers-color-scheme:dark){:root{--bg:#0d131a;--card:#151d27;--text:#e8eef5;--soft:#9dacbd;--line:#28333f;--accent:#5cc3e6;--mark:#ffd58a;--mark-bg:#3a2c0c}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{width:100%;max-width:460px;background:var(--card);border:1px solid var(--line);border-radius:16px;padding:28px;box-shadow:0 1px 2px rgb(0 0 0/.05),0 12px 32px rgb(0 0 0/.07)}
.mark{display:inline-block;margin:0 0 14px;padding:2px 10px;border-radius:999px;background:var(--mark-bg);color:var(--mark);font-size:13px;font-weight:600}
h1{margin:0 0 4px;font-size:24px;line-height:1.25}
p{margin:0;color:var(--soft)}
ul{list-style:none;margin:22px 0 0;padding:0;display:grid;gap:10px}
.person{display:grid;grid-template-columns:44px 1fr;gap:14px;width:100%;padding:14px;border:1px solid var(--line);border-radius:12px;background:none;color:inherit;font:inherit;text-align:left;text-decoration:none;cursor:pointer}
.person:hover{border-color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.initials{display:grid;place-items:center;width:44px;height:44px;border-radius:50%;background:var(--accent);color:var(--card);font-weight:700}
.name{display:block;font-weight:600}
.about{display:block;color:var(--soft);font-size:14px;line-height:1.4}
input{font:inherit;width:100%;margin-top:22px;padding:10px 16px;border-radius:10px;border:1px solid var(--line);background:none;color:inherit;text-transform:uppercase;letter-spacing:.1em}
dl{margin:22px 0 0;display:grid;gap:12px}
dt{color:var(--soft);font-size:13px}
dd{margin:2px 0 0;padding:8px 10px;border:1px solid var(--line);border-radius:8px;font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere;user-select:all}
.row{margin-top:16px}
.row button{font:inherit;font-weight:600;width:100%;padding:10px 16px;border-radius:10px;border:0;background:var(--accent);color:var(--card);cursor:pointer}
.row button:not(#send){background:none;color:inherit;border:1px solid var(--line)}
footer{margin-top:22px;color:var(--soft);font-size:13px}
`;

/** Text as it may stand in HTML. */
export const asText = (text: string) =>
  text.replace(/[&<>"']/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char);

/** A whole page of the sandbox. @param content HTML */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asText(title)} · Transat sandbox</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<p class="mark">Sandbox</p>
<h1>${asText(title)}</h1>
${content}
<footer>The sandbox runs on this machine, with invented people and clouds. Nothing leaves the machine.</footer>
</main>
</body>
</html>
`;
}

/** The page on which one chooses who to be. */
export function signInPage(people: Person[]): string {
  const initials = (name: string) =>
    name
      .split(' ')
      .map((part) => part[0] ?? '')
      .join('');
  const items = people.map(
    (
      person,
    ) => `<li><a class="person" href="?user=${encodeURIComponent(person.id)}"><span class="initials" aria-hidden="true">${asText(initials(person.name))}</span>
<span><span class="name">${asText(person.name)}</span><span class="about">${asText(person.about)}</span></span></a></li>`,
  );
  return page('Who do you want to be?', `<p>Choose one of the people of the sandbox to sign in as.</p>\n<ul>\n${items.join('\n')}\n</ul>`);
}

interface Button {
  label: string;
  name?: string;
  value?: string;
}

/**
 * A page around a form that the provider made (with what protects it), and buttons that send it.
 * @param sendItself by the first button, without waiting for the person
 */
export function formPage(title: string, text: string, form: string, buttons: Button | Button[], sendItself = false): string {
  const id = /id="([^"]+)"/.exec(form)?.[1] ?? '';
  const rows = [buttons].flat().map(({ label, name, value }, index) => {
    const extra = name ? ` name="${asText(name)}" value="${asText(value ?? '')}"` : '';
    return `<p class="row"><button${index === 0 ? ' id="send"' : ''} type="submit" form="${asText(id)}"${extra}>${asText(label)}</button></p>`;
  });
  const script = sendItself ? '<script>document.getElementById("send").click()</script>' : '';
  return page(title, `<p>${asText(text)}</p>\n${form}\n${rows.join('\n')}${script}`);
}

/** A page that only says something. */
export const messagePage = (title: string, text: string) => page(title, `<p>${asText(text)}</p>`);
