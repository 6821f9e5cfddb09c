import { FileUp } from 'lucide-react';
import { buttonClass } from '../button';
import { cn } from '../cn';

/** Opens the system's choice of a file, and hands over the one that was chosen, also when it is the same as before. The browser's own field speaks its own language. */
export function FileButton({ label, accept, onFile }: { label: string; accept?: string; onFile: (file: File) => void }) {
  return (
    <label className={cn(buttonClass(), 'cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent')}>
      <FileUp aria-hidden />
      {label}
      <input
        type="file"
        accept={accept}
        className="sr-only"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = '';
        }}
      />
    </label>
  );
}
