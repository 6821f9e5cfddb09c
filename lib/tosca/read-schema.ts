import { constraintKeywords } from '@/lib/inputs/constraints';
import type { ConstraintClause, ValueSchema } from '@/lib/inputs/values';
import type { Cursor } from './cursor';
import { operandProblem } from './operands';

/** Reads type, constraints and `entry_schema` of a property or parameter definition. */
export function readSchema(cursor: Cursor): ValueSchema {
  // the short form of an entry schema is the type's name alone
  if (cursor.value.kind === 'scalar') return { type: cursor.text() ?? 'string', constraints: [] };
  const entry = cursor.get('entry_schema');
  return {
    type: cursor.get('type')?.text() ?? 'string',
    constraints: readConstraints(cursor.get('constraints')),
    ...(entry && { entry: readSchema(entry) }),
  };
}

function readConstraints(cursor: Cursor | undefined): ConstraintClause[] {
  if (!cursor) return [];
  const clauses = cursor.value.kind === 'map' ? [cursor] : cursor.items();
  return clauses.flatMap((clause) =>
    clause.entries().flatMap(([key, operand]) => {
      const keyword = constraintKeywords.find((known) => known === key);
      if (!keyword) {
        operand.fail(`"${key}" is no constraint; there are ${constraintKeywords.join(', ')}.`);
        return [];
      }
      const value = operand.plain();
      const problem = operandProblem(keyword, value);
      if (problem) operand.fail(problem);
      return problem ? [] : [{ keyword, operand: value }];
    }),
  );
}
