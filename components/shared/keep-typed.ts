import type { FieldValues, Path, PathValue, RegisterOptions, UseFormReturn } from 'react-hook-form';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Registers a field of a form that the server has drawn, and takes what was typed there before the page was alive: the form itself would put its
 * default in the place of it.
 */
export function keepTyped<T extends FieldValues>(form: UseFormReturn<T>, name: Path<T>, options?: RegisterOptions<T, Path<T>>) {
  const field = form.register(name, options);
  const ref = (element: Control | null) => {
    const typed = element?.value;
    field.ref(element);
    // of a control, whose value is a text
    if (typed !== undefined && form.getValues(name) !== typed) form.setValue(name, typed as PathValue<T, Path<T>>);
  };
  return { ...field, ref };
}
