/** What a template of a chart is rendered with. */
export interface ChartContext {
  Values: object;
  Release: { Name: string };
}

/**
 * Renders the little of Helm's language that our chart uses: `{{ .Values.a.b }}`, `{{ … | quote }}`, `{{- if .Values.a }}` and `{{- end }}`.
 * @throws Error for anything else, and for a value that is not there: a chart that needs more needs Helm itself to check it
 */
export function renderChart(text: string, context: ChartContext): string {
  const shown: boolean[] = [];
  const lines = text.split('\n').flatMap((line) => {
    const condition = /^ *\{\{- if (\S+) \}\}$/.exec(line)?.[1];
    if (condition !== undefined) {
      shown.push(Boolean(valueAt(condition, context))); // as Helm: an empty text is false
      return [];
    }
    if (line.trim() === '{{- end }}') {
      if (shown.pop() === undefined) throw new Error('An end without a beginning');
      return [];
    }
    if (shown.includes(false)) return [];
    return [line.replaceAll(/\{\{ (.*?) \}\}/g, (_, inner: string) => rendered(inner, context))];
  });
  if (shown.length > 0) throw new Error('A condition without an end');
  const result = lines.join('\n');
  const rest = /\{\{.*\}\}/.exec(result);
  if (rest) throw new Error(`Not checked here: ${rest[0]}`);
  return result;
}

function rendered(inner: string, context: ChartContext): string {
  const quoted = inner.endsWith(' | quote');
  const value = valueAt(inner.replace(/ \| quote$/, ''), context);
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`No text: ${inner}`);
  return quoted ? JSON.stringify(String(value)) : String(value);
}

function valueAt(path: string, context: ChartContext): unknown {
  if (!/^(?:\.[A-Za-z]+)+$/.test(path)) throw new Error(`Not checked here: ${path}`);
  let value: unknown = context;
  for (const name of path.slice(1).split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    if (value === undefined) throw new Error(`There is no ${path}`);
  }
  return value;
}
