import type {
  DeploymentView,
  NewDeploymentBody,
  NodeView,
  OutputView,
  PlanRequestBody,
  PlanView,
  ResourceView,
} from '@/lib/api/contract/deployments';

/** An answer that was not a success; the problem document is in the message. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super(`${status}: ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/** The REST API as a program uses it, with a bearer token. */
export class Api {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await this.text(method, path, body === undefined ? undefined : JSON.stringify(body));
    // what the server promises in lib/api/contract; the contract's own tests hold it to that
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** A call of which the answer is a text or a file; what is sent may be a file, too. */
  async text(method: string, path: string, body?: string, type = 'application/json'): Promise<string> {
    const answer = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, ...(body === undefined ? {} : { 'Content-Type': type }) },
      body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new ApiError(answer.status, text === '' ? null : JSON.parse(text));
    return text;
  }

  async plan(body: PlanRequestBody): Promise<PlanView> {
    return await this.call('POST', '/plans', await this.#opened(body));
  }
  async deploy(body: NewDeploymentBody): Promise<{ id: string }> {
    return await this.call('POST', '/deployments', await this.#opened(body));
  }
  deployment(id: string): Promise<DeploymentView> {
    return this.call('GET', `/deployments/${id}`);
  }
  async nodes(id: string): Promise<NodeView[]> {
    return (await this.call<{ items: NodeView[] }>('GET', `/deployments/${id}/nodes?limit=200`)).items;
  }
  async resources(id: string): Promise<ResourceView[]> {
    return (await this.call<{ items: ResourceView[] }>('GET', `/deployments/${id}/resources?limit=200`)).items;
  }
  async outputs(id: string, reveal = false): Promise<Record<string, string | null>> {
    const { items } = await this.call<{ items: OutputView[] }>('GET', `/deployments/${id}/outputs${reveal ? '?reveal=true' : ''}`);
    return Object.fromEntries(items.map((output) => [output.name, output.value]));
  }
  delete(id: string): Promise<unknown> {
    return this.call('DELETE', `/deployments/${id}`);
  }

  /** Undefined where the sign-in provider was too busy to say whose token it is. */
  async #seen(id: string, end: number): Promise<DeploymentView | undefined> {
    try {
      return await this.deployment(id);
    } catch (error) {
      if (error instanceof ApiError && [502, 503, 504].includes(error.status) && Date.now() < end) return undefined;
      throw error;
    }
  }

  // journeys come from anywhere: where a body does not say who may come in, everybody may
  async #opened<Body extends PlanRequestBody>(body: Body): Promise<Body> {
    interface Question {
      name: string;
      widget?: string;
      default?: unknown;
    }
    const query = new URLSearchParams({ addOns: body.addOns?.join(',') ?? '' });
    const { inputs } = await this.call<{ inputs: Question[] }>('GET', `/recipes/${body.recipe}?${query}`);
    const open = inputs.filter((input) => input.widget === 'cidr' && input.default === '0.0.0.0/0');
    return { ...body, inputs: { ...Object.fromEntries(open.map(({ name }) => [name, '0.0.0.0/0'])), ...body.inputs } };
  }

  /**
   * Looks every second until the deployment is in one of the states.
   * @throws Error with what the deployment and its nodes show, after `seconds` or once it has failed
   */
  async until(id: string, states: string[], seconds: number): Promise<DeploymentView> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const deployment = await this.#seen(id, end);
      if (deployment && states.includes(deployment.state)) return deployment;
      if (deployment && (deployment.state === 'failed' || deployment.state === 'deleted' || Date.now() > end)) {
        const nodes = (await this.nodes(id)).map((node) => ({
          key: node.key,
          state: node.state,
          problem: node.problem,
          steps: node.steps,
        }));
        const failed = (await this.resources(id)).filter((resource) => resource.problem);
        throw new Error(
          `${deployment.name} is ${deployment.state}: ${JSON.stringify({ problem: deployment.problem, nodes, failed }, null, 1)}`,
        );
      }
      await new Promise((next) => setTimeout(next, 1000));
    }
  }
}
