import { BucketPage } from '@/components/clusters/buckets/bucket-page';

export async function generateMetadata({ params }: { params: Promise<{ bucket: string }> }) {
  return { title: decodeURIComponent((await params).bucket) };
}

export default async function OneBucketPage({ params }: { params: Promise<{ id: string; bucket: string }> }) {
  const { id, bucket } = await params;
  return <BucketPage key={bucket} cluster={decodeURIComponent(id)} bucket={decodeURIComponent(bucket)} />;
}
