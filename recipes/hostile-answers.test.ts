import { expect, it } from 'vitest';
import { loadCatalog } from '@/lib/catalog/catalog';
import { checkInputs } from '@/lib/catalog/form/check-inputs';
import { worstPasswords } from './testing/machine';

const catalog = loadCatalog([import.meta.dirname]);
const hostile = [
  '$(touch owned)',
  '`id`',
  'a"b',
  "a'b",
  'a b',
  'a;b',
  'a|b',
  String.raw`a\b`,
  '../../etc',
  '-x',
  '{{a}}',
  'a\nb',
  'a\0b',
  '*',
  '#x',
  'a&b',
  '<x>',
  '%s',
];

// Passwords that people may choose freely: scripts quote them for each place, as the recipes' own tests show with the worst of them.
const free = [
  'airflow.admin_password',
  'galaxy.admin_password',
  'htcondor.pool_key',
  'jupyterhub.admin_password',
  'kafka.admin_password',
  'kafka.client_password',
  'mlflow.admin_password',
  'monitoring.monitoring_password',
  'nifi.admin_password',
  'object-storage.secret_key',
  'oscar-pair.america_minio_password',
  'oscar-pair.america_oscar_password',
  'oscar-pair.europe_minio_password',
  'oscar-pair.europe_oscar_password',
  'oscar.minio_password',
  'oscar.oscar_password',
  'registry.registry_password',
  'slurm.database_password',
];

it('no answer of a form brings into a script what a shell, a unit or YAML would take for something else, but for passwords', () => {
  const taken = catalog.list().flatMap(({ id, kind }) => {
    const { detail } = catalog.recipe(id);
    // an add-on's own; what it adds to is there by itself
    const own = detail.inputs.filter(({ name }) => kind === 'recipe' || name.startsWith(id.replace(/-.*/, '')));
    return own.flatMap(({ name, enabledBy }) => {
      const asked = enabledBy && { [enabledBy.input]: enabledBy.equals };
      const takes = [...hostile, ...worstPasswords].some((text) =>
        [text, [text]].some((value) => {
          const checked = checkInputs(detail, { ...asked, [name]: value }, { partial: true });
          // what is not asked for is not taken either
          return checked.ok && JSON.stringify(checked.values[name]) === JSON.stringify(value);
        }),
      );
      return takes ? [`${id}.${name}`] : [];
    });
  });
  expect(taken.toSorted()).toEqual(free);
});
