import { describe, expect, test } from 'vitest';
import { downtimeNow, readDowntimes } from './downtimes';

const downtime = (id: string, site: string, more: Record<string, string> = {}) => {
  const fields = {
    PRIMARY_KEY: `${id}G0`,
    HOSTNAME: 'keystone.example.org',
    SERVICE_TYPE: 'org.openstack.nova',
    HOSTED_BY: site,
    GOCDB_PORTAL_URL: `https://goc.egi.eu/portal/index.php?Page_Type=Downtime&amp;id=${id}`,
    SEVERITY: 'OUTAGE',
    DESCRIPTION: 'Storage &amp; network <b>upgrade'.replace('<b>', '&lt;b&gt; '),
    START_DATE: '1795338000',
    END_DATE: '1795381200',
    ...more,
  };
  const body = Object.entries(fields).map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<DOWNTIME ID="${id}" PRIMARY_KEY="${id}G0" CLASSIFICATION="SCHEDULED">${body.join('\n')}<AFFECTED_ENDPOINTS/></DOWNTIME>`;
};
const results = (...all: string[]) => `<?xml version="1.0" encoding="UTF-8"?>\n<results>\n${all.join('\n')}\n</results>\n`;

describe('announced downtimes', () => {
  test('are read by site, each once, the soonest first', () => {
    const later = downtime('2', 'BIFI', { START_DATE: '1795424400', END_DATE: '1795428000', SEVERITY: 'WARNING' });
    const read = readDowntimes(
      results(later, downtime('1', 'BIFI', { SEVERITY: 'WARNING' }), downtime('1', 'BIFI', { SERVICE_TYPE: 'org.openstack.horizon' })),
    );
    expect(read).toEqual({
      BIFI: [
        {
          start: '2026-11-22T09:00:00.000Z',
          end: '2026-11-22T21:00:00.000Z',
          severity: 'outage',
          description: 'Storage & network <b> upgrade',
          url: 'https://goc.egi.eu/portal/index.php?Page_Type=Downtime&id=1',
        },
        expect.objectContaining({ severity: 'warning', start: '2026-11-23T09:00:00.000Z' }),
      ],
    });
  });

  test('of other services, or without sense, are left out', () => {
    const all: Record<string, string>[] = [
      { SERVICE_TYPE: 'ARC-CE' },
      { END_DATE: '1' },
      { START_DATE: 'soon' },
      { START_DATE: '1795381200' },
      { HOSTED_BY: '' },
    ];
    expect(readDowntimes(results(...all.map((more, index) => downtime(String(index), 'X', more))))).toEqual({});
    expect(readDowntimes('<?xml version="1.0"?><results/>')).toEqual({});
    expect(readDowntimes(results(downtime('1', 'X', { GOCDB_PORTAL_URL: 'javascript:alert(1)' }))).X?.[0]?.url).toBeUndefined();
  });

  test('of a list that begins and never ends are read in no time, and hostile texts are harmless', () => {
    const began = performance.now();
    expect(readDowntimes(results('<DOWNTIME ID="1">'.repeat(200_000)))).toEqual({});
    expect(performance.now() - began).toBeLessThan(2_000);
    const [read] = readDowntimes(results(downtime('1', 'X', { DESCRIPTION: 'a\u0000b&#xD800;&#x202E;c' }))).X ?? [];
    expect(JSON.parse(JSON.stringify(read))).toMatchObject({ description: 'ab\ufffdc' });
  });

  test.each([['<html>Login</html>'], [''], [results(downtime('1', 'X')).slice(0, 300)], ['x'.repeat(5_000_000)]])(
    'that are no list are refused',
    (text) => {
      expect(() => readDowntimes(text)).toThrow(expect.objectContaining({ code: 'upstream-failed' }));
    },
  );

  test('hold from their start until their end; an outage counts before a warning', () => {
    const [warning, outage] = [
      { start: '2026-11-22T08:00:00.000Z', end: '2026-11-22T20:00:00.000Z', severity: 'warning' as const, description: '' },
      { start: '2026-11-22T09:00:00.000Z', end: '2026-11-22T10:00:00.000Z', severity: 'outage' as const, description: '' },
    ];
    const at = (time: string) => downtimeNow([warning, outage], new Date(`2026-11-22T${time}Z`));
    expect([at('07:59:59'), at('08:00:00'), at('09:00:00'), at('10:00:00'), at('20:00:00')]).toEqual([
      undefined,
      warning,
      outage,
      warning,
      undefined,
    ]);
  });
});
