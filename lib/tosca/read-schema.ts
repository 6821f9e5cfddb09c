import { type ConstraintKeyword, constraintKeywords } from '@/lib/inputs/constraints';
import type { ConstraintClause, ValueSchema } from '@/lib/inputs/values';
import { coerced } from './coerce';
import { type Cursor, plain } from './cursor';
import type { Located } from './located';
import { operandProblem } from './operands';

/** Reads type, constraints and `entry_schema` of a property or parameter definition. */
export function readSchema(cursor: Cursor): ValueSchema {
  // the short form of an entry schema is the type's name alone
  if (cursor.value.kind === 'scalar') return { type: cursor.text() ?? 'string', constraints: [] };
  const entry = cursor.get('entry_schema');
  const type = cursor.get('type')?.text() ?? 'string';
  return {
    type,
    constraints: readConstraints(cursor.get('constraints'), type),
    ...(entry && { entry: readSchema(entry) }),
  };
}

function readConstraints(cursor: Cursor | undefined, type: string): ConstraintClause[] {
  if (!cursor) return [];
  const clauses = cursor.value.kind === 'map' ? [cursor] : cursor.items();
  return clauses.flatMap((clause) =>
    clause.entries().flatMap(([key, operand]) => {
      const keyword = constraintKeywords.find((known) => known === key);
      if (!keyword) {
        operand.fail(`"${key}" is no constraint; there are ${constraintKeywords.join(', ')}.`);
        return [];
      }
      const value = plain(operandOf(keyword, type, operand));
      const problem = operandProblem(keyword, value);
      if (problem) operand.fail(problem);
      return problem ? [] : [{ keyword, operand: value }];
    }),
  );
}

// What a value is compared with is of its type: the versions among `valid_values` of a text are texts, however they are written.
function operandOf(keyword: ConstraintKeyword, type: string, operand: Cursor): Located {
  if (keyword === 'equal') return coerced({ type, constraints: [] }, operand);
  if (keyword !== 'valid_values') return operand.value;
  return coerced({ type: 'list', constraints: [], entry: { type, constraints: [] } }, operand);
}
