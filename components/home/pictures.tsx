import { useT } from '@/components/messages/provider';
import { Fixed } from '@/components/ui/fixed';
import { PlainImage } from '@/components/ui/plain-image';

const pictures = ['placement', 'deployment', 'leases'] as const;

/** The product as it looks: the plan with its quotas, a cluster that becomes ready, and when hosts are free. */
export function Pictures() {
  const t = useT();
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures" className="mb-5 text-xl font-semibold tracking-tight">
        {t('landing.pictures')}
      </h2>
      <div className="grid gap-5 md:grid-cols-2">
        <Fixed items={pictures}>
          {(name) => (
            <figure className="overflow-hidden rounded-card border border-line bg-surface shadow-card md:first:col-span-2">
              <PlainImage
                src={`/pictures/${name}.jpg`}
                alt={t(`landing.picture.${name}`)}
                width={1280}
                height={800}
                loading="lazy"
                decoding="async"
                className="block h-auto w-full border-b border-line"
              />
              <figcaption className="px-5 py-3.5 text-sm text-ink-2">{t(`landing.picture.${name}`)}</figcaption>
            </figure>
          )}
        </Fixed>
      </div>
    </section>
  );
}
