'use client';

import './globals.css';

/** A fault of the frame itself: no language is known here, so it is said in both. */
export default function FrameFault({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <main className="mx-auto max-w-xl px-6 pt-24">
          <title>Transat</title>
          <h1 className="text-2xl font-semibold">Transat met a fault of its own</h1>
          <p className="mt-3 text-ink-2">Deployments go on meanwhile. Reload the page; if it stays, tell the operator.</p>
          <p lang="es" className="mt-3 text-ink-2">
            Transat tuvo un fallo propio. Los despliegues continúan. Recargue la página; si persiste, avise al operador.
          </p>
          <button type="button" onClick={reset} className="mt-6 min-h-9 rounded-lg bg-accent px-4 text-sm font-medium text-accent-ink">
            Try again · <span lang="es">Reintentar</span>
          </button>
        </main>
      </body>
    </html>
  );
}
