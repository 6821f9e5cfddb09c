import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentConfig, type AgentMessage, agentKnows, batchAnswerSchema, bundleSchema } from '@/lib/nodes/protocol';
import { newAgent, nextMove, startAgain } from '@/lib/sandbox/node/move';
import { readAgentConfig } from '@/lib/sandbox/node/user-data';

const facts = {
  agent: agentKnows,
  os: 'Debian GNU/Linux 12',
  distro: 'debian',
  distroVersion: '12',
  cpus: 1,
  memoryMiB: 512,
  virtualization: 'kvm',
};
const restMs = 200;
const waitsMs = 2000;

/**
 * Says what the agent of each machine would say that is given by its user data, until it is ended: for Nova's fake driver, on which nothing boots. A Transat
 * that does not answer is asked again, as the agent does.
 * @param userData as Nova got it, of each machine
 */
export function simulateAgents(userData: readonly string[]): { end(): Promise<void> } {
  const ending = new AbortController();
  const lives = userData.map((text) => {
    const config = readAgentConfig(text);
    if (!config?.callback) throw new Error('A machine was not told where to call.');
    return live(config, config.callback, ending.signal);
  });
  return {
    end: async () => {
      ending.abort();
      await Promise.all(lives);
    },
  };
}

async function live(config: AgentConfig, { url }: NonNullable<AgentConfig['callback']>, signal: AbortSignal): Promise<void> {
  const agent = newAgent();
  const token = randomBytes(32).toString('hex');
  // the form of OpenSSH (RFC 8709); nobody logs in on a machine that is not there
  const hostKey = `ssh-ed25519 ${Buffer.concat([Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1'), randomBytes(32)]).toString('base64')}`;
  const known = { token: createHash('sha256').update(token).digest('hex'), hostKey };
  // null: no answer, or none that it could go on with
  const ask = async (path: string, bearer: string, body?: unknown): Promise<{ said: unknown } | null> => {
    try {
      const answer = await fetch(url + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
      });
      const text = await answer.text();
      return answer.ok ? { said: text === '' ? null : JSON.parse(text) } : null;
    } catch {
      return null;
    }
  };
  while (!signal.aborted) {
    const move = nextMove(agent, { config, facts, now: Date.now(), faultOf: () => null });
    for (const spoken of move.say) {
      agent.seq += 1;
      // the parts of a message and its number make the message again; TypeScript can't follow that through the union
      agent.unsent.push({ ...spoken, seq: agent.seq, at: new Date().toISOString() } as AgentMessage);
    }
    if (move.wants === 'identity') {
      if (await ask('/identity', config.admission ?? '', known)) agent.identity = { token, hostKey, known: true };
    } else if (move.wants === 'bundle') {
      const answer = await ask(`/bundle?have=${agent.bundle?.steps.length ?? 0}`, token);
      if (answer) agent.bundle = bundleSchema.parse(answer.said);
    } else {
      const answer = await ask('', token, { messages: agent.unsent });
      const heard = answer && batchAnswerSchema.parse(answer.said);
      if (heard) {
        agent.unsent = agent.unsent.filter((message) => message.seq > heard.ack);
        if (heard.run) startAgain(agent, heard.run);
      }
    }
    await sleep(agent.finished ? waitsMs : restMs);
  }
}
