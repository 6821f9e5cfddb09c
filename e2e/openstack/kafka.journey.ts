import { connect } from 'node:tls';
import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

/** Whether a server's certificate is one of that authority's for that address. */
const known = (address: string, ca: string) =>
  new Promise<boolean>((done) => {
    const [host = '', port] = address.split(':');
    const socket = connect({ host, port: Number(port), ca, timeout: 15_000 }, () => {
      socket.end();
      done(socket.authorized);
    });
    socket.on('error', () => done(false)).on('timeout', () => socket.destroy(new Error('no answer')));
  });

// as the page of the recipe has it, by the public address, and with what the outputs say
const program = `
import sys
from confluent_kafka import Consumer, Producer
settings = dict(line.split("=", 1) for line in sys.stdin.read().splitlines() if line)
topic, text = settings.pop("topic"), settings.pop("text")
producer = Producer(settings)
producer.produce(topic, text.encode())
print(producer.flush(30))
consumer = Consumer({**settings, "group.id": "journey", "auto.offset.reset": "earliest"})
consumer.subscribe([topic])
got = [message.value().decode() for message in consumer.consume(1, 60)]
consumer.close()
print(got[0] if got else "nothing")
`;

/** A command that has a machine of the cluster write a message to a topic and read it, with what the outputs say. */
function sending(outputs: Record<string, string | null>, topic: string, text: string): string {
  const settings = (outputs.example ?? '')
    .replace('kafka.pem', '/etc/kafka/tls/authority.pem')
    .replace(/=…$/m, `=${outputs.client_password}`);
  const given = Buffer.from(`${settings}\ntopic=${topic}\ntext=${text}\n`).toString('base64');
  const written = Buffer.from(program).toString('base64');
  return `echo ${written} | base64 -d >/tmp/program.py; echo ${given} | base64 -d | sudo /opt/kafka/client/bin/python /tmp/program.py`;
}

test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');

const signedIn = (baseURL?: string) => withKey(baseURL, 'alice', 'kafka');

test('Kafka takes messages from who has the password and gives them back, knows its machines by an authority of its own, and is not disturbed by being set up again', async ({
  baseURL,
}) => {
  test.setTimeout(2_400_000);
  const { api, on } = await signedIn(baseURL);
  const body = { recipe: 'kafka', name: 'journey kafka', inputs: { topics: ['events', 'more'], memory: '1 GiB', disk: '6 GiB', cpus: 1 } };
  await deployOnLab(api, where, body, { brokers: 'fast.medium' }, 1500, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('12 messages were written');
    expect(await known(outputs.bootstrap ?? '', outputs.authority ?? '')).toBe(true);
    const { run } = await on(id);
    const started = await run('systemctl show kafka -p ActiveEnterTimestampMonotonic');
    expect(await run(sending(outputs, 'events', 'a message of the journey'))).toBe('0\na message of the journey');
    await rerun(api, id, 'metadata.configure', 600);
    expect(await run('systemctl show kafka -p ActiveEnterTimestampMonotonic')).toBe(started);
    expect((await api.outputs(id, true)).proof).toContain('12 messages were written');
  });
});

test('of three machines of Kafka one may fail: messages still go in and out', async ({ baseURL }) => {
  test.setTimeout(2_400_000);
  const { api, on } = await signedIn(baseURL);
  const inputs = { broker_count: 3, memory: '1 GiB', disk: '6 GiB', cpus: 1 };
  await deployOnLab(api, where, { recipe: 'kafka', name: 'journey kafkas', inputs }, { brokers: 'fast.medium' }, 1700, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('kept on 3 machines');
    expect(outputs.bootstrap?.split(',')).toHaveLength(3);
    const { run } = await on(id);
    await run('sudo systemctl stop kafka');
    expect(await run(sending(outputs, 'events', 'without the first'))).toBe('0\nwithout the first');
    await rerun(api, id, 'kafka.configure', 600);
    expect((await api.outputs(id, true)).proof).toContain('kept on 3 machines');
  });
});
