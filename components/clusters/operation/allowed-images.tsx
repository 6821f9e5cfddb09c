'use client';

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { FormEnd } from '@/components/shared/form-end';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { describedBy, Field, TextArea } from '@/components/ui/field';
import { useFaults } from '@/components/ui/problem';
import { Notice } from '@/components/ui/tone';
import { clusterPath } from '../queries';

/** Changes whose images a cluster takes, for everybody there. */
export function ChangeImages({ cluster, images }: { cluster: string; images: string[] }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('images.change')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('images.title')}>
        <ImagesForm cluster={cluster} images={images} onEnd={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function ImagesForm({ cluster, images, onEnd }: { cluster: string; images: string[]; onEnd: () => void }) {
  const t = useT();
  const { register, handleSubmit } = useForm({ defaultValues: { list: images.join('\n') } });
  const save = useWrite(['clusters'], onEnd);
  const wrong = useFaults(save.error).map(({ message }) => message)[0];
  const send = ({ list }: { list: string }) => {
    const allowedImages = list
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    save.mutate({ method: 'PATCH', path: clusterPath(cluster, 'allowed-images'), body: { allowedImages } });
  };
  return (
    <form className="space-y-4" noValidate onSubmit={handleSubmit(send)}>
      <Notice tone="warn">{t('images.everybody')}</Notice>
      <Field id="allowed-images" label={t('images.list')} help={t('images.listHelp')} error={wrong}>
        <TextArea {...describedBy('allowed-images', true, wrong)} rows={6} spellCheck={false} {...register('list')} />
      </Field>
      <FormEnd error={save.error} busy={save.isPending} action={t('images.save')} onCancel={onEnd} />
    </form>
  );
}
