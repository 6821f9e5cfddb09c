import type { Marker } from './markers';

interface DotProps {
  access: Marker['access'];
  radius: number;
  x?: number;
  y?: number;
}

/** A site on the map: full where it is open, a ring where it needs something, hollow and grey where it is shut. */
export function Dot({ access, radius, x = 0, y = 0 }: DotProps) {
  if (access === 'ready') return <circle cx={x} cy={y} r={radius} className="fill-accent stroke-surface" strokeWidth="2" />;
  return (
    <circle
      cx={x}
      cy={y}
      r={radius - 0.5}
      className={access === 'needs' ? 'fill-surface stroke-warn' : 'fill-surface stroke-line-strong'}
      strokeWidth={access === 'needs' ? 3.5 : 1.5}
      strokeDasharray={access === 'needs' ? undefined : '2.5 2'}
    />
  );
}
