import type { Page } from '@playwright/test';

/**
 * Runs a cell of Python in a kernel of its own, as JupyterLab does, on the server whose page is open.
 * @param server the server's path, such as `/user/ada/`
 * @returns what the cell printed
 */
export function runCell(page: Page, server: string, code: string): Promise<string> {
  return page.evaluate(
    async ([path, text]) => {
      const token = /(?:^|; )_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const made = await fetch(`${path}api/kernels`, { method: 'POST', headers: { 'X-XSRFToken': token }, body: '{}' });
      if (!made.ok) throw new Error(`No kernel: ${made.status} ${await made.text()}`);
      const { id } = (await made.json()) as { id: string };
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}${path}api/kernels/${id}/channels`);
      await new Promise((open, fail) => {
        socket.onopen = open;
        socket.onerror = () => fail(new Error('The kernel’s channel does not open.'));
      });
      const header = { msg_id: 'cell', msg_type: 'execute_request', username: '', session: 'journey', version: '5.3', date: '' };
      const content = { code: text, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
      let printed = '';
      const idle = new Promise<void>((done) => {
        socket.onmessage = ({ data }) => {
          if (typeof data !== 'string') return;
          const message = JSON.parse(data) as {
            msg_type: string;
            parent_header: { msg_id?: string };
            content: { text?: string; execution_state?: string; traceback?: string[] };
          };
          if (message.parent_header.msg_id !== 'cell') return;
          printed += message.content.text ?? message.content.traceback?.join('\n') ?? '';
          if (message.msg_type === 'status' && message.content.execution_state === 'idle') done();
        };
      });
      socket.send(JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: 'shell', buffers: [] }));
      await idle;
      socket.close();
      return printed;
    },
    [server, code] as const,
  );
}
