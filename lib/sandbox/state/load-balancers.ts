/** A load balancer of Octavia, as the sandbox keeps it. */
export interface LoadBalancerRecord {
  id: string;
  name: string;
  description: string;
  projectId: string;
  status: 'PENDING_CREATE' | 'ACTIVE' | 'PENDING_DELETE' | 'ERROR';
  subnetId: string;
  address: string;
  portId: string;
  createdAt: number;
}
