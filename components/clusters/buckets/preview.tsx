'use client';

import { useQuery } from '@tanstack/react-query';
import { apiPath } from '@/components/api/client';
import { useT } from '@/components/messages/provider';
import { Dialog } from '@/components/ui/dialog';
import { Loaded } from '@/components/ui/loaded';
import { PlainImage } from '@/components/ui/plain-image';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SkeletonLines } from '@/components/ui/skeleton';
import { clusterPath } from '../queries';
import { workQueries } from '../work-queries';
import { lookOf } from './place';

interface PreviewProps {
  cluster: string;
  bucket: string;
  /** null: closed */
  file: string | null;
  onClose: () => void;
}

/** A picture, or the beginning of a text. */
export function Preview({ cluster, bucket, file, onClose }: PreviewProps) {
  return (
    <Dialog open={file !== null} onOpenChange={onClose} title={file?.split('/').at(-1)} wide>
      {file !== null &&
        (lookOf(file) === 'picture' ? (
          <Picture cluster={cluster} bucket={bucket} file={file} />
        ) : (
          <Text cluster={cluster} bucket={bucket} file={file} />
        ))}
    </Dialog>
  );
}

function Picture({ cluster, bucket, file }: { cluster: string; bucket: string; file: string }) {
  const t = useT();
  return (
    <PlainImage
      src={apiPath(clusterPath(cluster, 'buckets', bucket, 'file'), { key: file, as: 'preview' })}
      alt={t('files.picture', { name: file })}
      className="mx-auto max-h-[60dvh] max-w-full rounded-lg border border-line"
    />
  );
}

function Text({ cluster, bucket, file }: { cluster: string; bucket: string; file: string }) {
  const query = useQuery(workQueries.preview(cluster, bucket, file));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={6} />}>
      {(text) => (
        <ScrollBox className="max-h-[60dvh] overflow-auto rounded-lg bg-sunken px-3 py-2">
          <pre className="font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{text}</pre>
        </ScrollBox>
      )}
    </Loaded>
  );
}
