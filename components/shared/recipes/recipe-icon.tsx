import {
  Activity,
  ArrowLeftRight,
  Boxes,
  ChartLine,
  Cpu,
  Database,
  Gpu,
  Grid3x3,
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

const hues = {
  sea: 'bg-hue-sea/12 text-hue-sea',
  leaf: 'bg-hue-leaf/12 text-hue-leaf',
  sun: 'bg-hue-sun/12 text-hue-sun',
  plum: 'bg-hue-plum/12 text-hue-plum',
  rose: 'bg-hue-rose/12 text-hue-rose',
  reef: 'bg-hue-reef/12 text-hue-reef',
  iris: 'bg-hue-iris/12 text-hue-iris',
};
type Look = [LucideIcon, keyof typeof hues];

const looks: [RegExp, ...Look][] = [
  [/network|shores/, ArrowLeftRight, 'rose'],
  [/gpu/, Gpu, 'leaf'],
  [/virtual-machine|server|^vm$/, Server, 'reef'],
  [/slurm|cpu|htcondor|batch|hpc/, Cpu, 'leaf'],
  [/kube|k8s|helm|ship/, ShipWheel, 'sea'],
  [/jupyter|notebook/, NotebookPen, 'sun'],
  [/oscar|zap|serverless|function/, Zap, 'plum'],
  [/minio|nfs|storage|disk|gluster/, HardDrive, 'rose'],
  [/database|postgres|kafka/, Database, 'iris'],
  [/airflow|nifi|galaxy|workflow/, Workflow, 'rose'],
  [/monitoring|prometheus|grafana/, Activity, 'reef'],
  [/mlflow/, ChartLine, 'plum'],
  [/dask/, Grid3x3, 'leaf'],
  [/docker|container|boxes|nomad/, Boxes, 'iris'],
];

// recipes that share an icon with another
const ownHues: Record<string, keyof typeof hues> = { htcondor: 'plum', 'jupyterhub-kubernetes': 'rose', 'oscar-pair': 'iris' };

/** A recipe's picture, read off its icon's name or else its id, in a colour of its own. */
export function RecipeIcon({ icon, id, addOn = false, className }: { icon: string; id: string; addOn?: boolean; className?: string }) {
  const find = (text: string) => looks.find(([name]) => name.test(text));
  const [, Icon, usual] = find(icon.toLowerCase()) ?? find(id) ?? ([/./, addOn ? Puzzle : Package, 'sea'] as const);
  const hue = ownHues[id] ?? usual;
  return (
    <span className={cn('grid size-10 shrink-0 place-items-center rounded-lg', hues[hue], className)}>
      <Icon aria-hidden className="size-5" />
    </span>
  );
}
