import type { Translate } from '@/components/messages/types';
import { standingOf } from '@/components/shared/deployment-standing';
import type { DeploymentView, OutputView } from '@/lib/api/contract/deployments';
import { webLink } from '@/lib/inputs/link';

/** What a person does next with a deployment, in one sentence. */
export function nextStep(view: DeploymentView, outputs: OutputView[]): (t: Translate) => string {
  const opens = outputs.find((output) => output.kind === 'url' && webLink(output.value ?? ''));
  switch (standingOf(view)) {
    case 'planned':
    case 'deploying':
    case 'configuring':
    case 'starting':
      return (t) => t('next.moving');
    case 'waiting-for-lease':
      return (t) => t('next.waitingForLease');
    case 'ready':
      return opens ? (t) => t('next.open', { what: opens.label }) : (t) => t('next.use');
    case 'in-part':
      return (t) => t('next.inPart', { ready: view.nodes.ready, total: view.nodes.total });
    case 'down':
      return (t) => t('next.down');
    case 'stopped-amiss':
      return (t) => t('next.stoppedAmiss');
    case 'amiss':
      return (t) => t('next.amiss');
    case 'failed':
      return view.actions.retry?.allowed ? (t) => t('next.failed') : (t) => t('next.failedForGood');
    case 'updating':
      return view.updating?.back ? (t) => t('next.goingBack') : (t) => t('next.updating', { name: view.updating?.by ?? '' });
    case 'stopping':
      return (t) => t('next.stopping');
    case 'stopped':
      return (t) => t('next.stopped');
    case 'deleting':
      return (t) => t('next.deleting');
    case 'deleted':
      return view.endedBy === 'lease' ? (t) => t('next.endedByLease') : (t) => t('next.deleted');
  }
}
