import {
  Boxes,
  Cpu,
  Database,
  HardDrive,
  type LucideIcon,
  NotebookPen,
  Package,
  Puzzle,
  Server,
  ShipWheel,
  Workflow,
  Zap,
} from 'lucide-react';
import { cn } from '@/components/ui/cn';

const icons: [RegExp, LucideIcon][] = [
  [/virtual-machine|server|^vm$/, Server],
  [/slurm|cpu|htcondor|batch|hpc/, Cpu],
  [/kube|k8s|helm|ship/, ShipWheel],
  [/jupyter|notebook/, NotebookPen],
  [/oscar|zap|serverless|function/, Zap],
  [/minio|nfs|storage|disk|gluster/, HardDrive],
  [/database|postgres|kafka/, Database],
  [/airflow|nifi|galaxy|workflow/, Workflow],
  [/docker|container|dask|boxes|nomad/, Boxes],
];

/** A recipe's picture, read off its icon's name or else its id. */
export function RecipeIcon({ icon, id, addOn = false, className }: { icon: string; id: string; addOn?: boolean; className?: string }) {
  const Icon =
    icons.find(([name]) => name.test(icon.toLowerCase()))?.[1] ?? icons.find(([name]) => name.test(id))?.[1] ?? (addOn ? Puzzle : Package);
  return (
    <span className={cn('grid size-10 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent', className)}>
      <Icon aria-hidden className="size-5" />
    </span>
  );
}
