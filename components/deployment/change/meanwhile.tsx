import { useSaid, useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';

interface MeanwhileProps {
  view: DeploymentView;
  /** it is another version than the one that the form was opened for */
  moved: boolean;
  onAgain: () => void;
}

/** What stands against any change: one that is under way, or was made since the form was opened. Nothing where nothing does. */
export function Meanwhile({ view, moved, onAgain }: MeanwhileProps) {
  const t = useT();
  const said = useSaid();
  const { change } = view.actions;
  if (view.updating) {
    return (
      <Notice tone="busy" title={t('change.underWay.title')}>
        {t('change.underWay.note', { name: view.updating.by })} <Ago iso={view.updating.since} />
      </Notice>
    );
  }
  if (moved) {
    return (
      <Notice tone="warn" title={t('change.moved.title')} action={<Button onClick={onAgain}>{t('change.moved.again')}</Button>}>
        {t('change.moved.note')}
      </Notice>
    );
  }
  if (change?.allowed !== false) return null;
  return (
    <Notice tone="warn" title={t('change.not.title')}>
      {change.reason && said(change.reason)}
    </Notice>
  );
}
