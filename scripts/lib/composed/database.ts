import pg from 'pg';
import type { Service } from './file';
import { healthy, programNamed } from './run';
import type { Stage } from './stage';

/** Does what PostgreSQL's image does with the environment that it is given: who owns the database is made. @param server where one is already, and who may enter it */
export async function makeRole(server: URL, { services, database: { password } }: Stage): Promise<void> {
  const { POSTGRES_USER = '', POSTGRES_DB = '' } = services.get('database')?.environment ?? {};
  const there = server.pathname.slice(1);
  if (POSTGRES_DB !== there) throw new Error(`The file's database is ${POSTGRES_DB}, and here there is ${there}`);
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  const role = client.escapeIdentifier(POSTGRES_USER);
  await client.query(`create role ${role} superuser login password ${client.escapeLiteral(password)}`);
  await client.query(`alter database ${client.escapeIdentifier(there)} owner to ${role}`);
  await client.end();
}

/** The database's own check by `pg_isready`, where this machine has it; else what that does: a connection that is answered. */
export async function databaseHealthy(service: Service, { ground, database }: Stage): Promise<void> {
  const words = service.health?.command ?? [];
  const [host = '', port = ''] = database.address.split(':');
  if (programNamed(words[0] ?? '')) {
    const there = { ...service, environment: { ...service.environment, PGHOST: host, PGPORT: port } };
    return await healthy(there, ground, () => false);
  }
  const after = (flag: string) => words[words.indexOf(flag) + 1];
  const client = new pg.Client({ host, port: Number(port), user: after('-U'), database: after('-d'), password: database.password });
  await client.connect();
  await client.end();
}
