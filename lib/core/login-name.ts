const form = /^[a-z_][a-z0-9_-]{0,31}$/;

/** Whether a text can be a user's name on a machine, as useradd(8) has it: whoever made an image says it, and it stands in commands that people copy. Pure. */
export function isLoginName(text: string): boolean {
  return form.test(text);
}
