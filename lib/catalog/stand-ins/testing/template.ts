import { Cursor, Diagnostics, plain, type YamlValue } from '@/lib/tosca/cursor';
import type { Located } from '@/lib/tosca/located';
import { normativeTypes } from '@/lib/tosca/normative-types';
import { readYaml } from '@/lib/tosca/read-yaml';
import { readTypes, type TypeDefinition, TypeSystem } from '@/lib/tosca/types';
import type { RecipeDownload } from '../../recipe';
import { type StoodIn, withStandIns } from '../apply';
import type { StandIn } from '../match';
import { readStandsFor } from '../stands-for';

export function yaml(text: string, file = 'template.yaml'): Located {
  const result = readYaml(text, file);
  if (!result.ok) throw new Error(result.diagnostic.message);
  return result.root;
}

/** Types of others: a queue of a front end and workers, whose playbooks are named by the types; and what is on whatever machine. */
export const typesText = `node_types:
  other.Machine: {derived_from: tosca.nodes.Compute, attributes: {address: {type: string}}}
  other.Front:
    derived_from: tosca.nodes.SoftwareComponent
    properties:
      version: {type: string, required: false, default: "1"}
      accounts: {type: boolean, required: false, default: false}
      panel: {type: boolean, required: false, default: true}
      members: {type: list, required: false, default: []}
    artifacts: {role: {file: some.role, type: tosca.artifacts.AnsibleGalaxy.role}}
    interfaces: {Standard: {configure: {implementation: front.yml, inputs: {version: {get_property: [SELF, version]}}}}}
  other.Worker:
    derived_from: tosca.nodes.SoftwareComponent
    properties: {front_ip: {type: string, required: false}}
    interfaces: {Standard: {configure: worker.yml}}
  other.Scaler: {derived_from: tosca.nodes.SoftwareComponent}
`;

/** A recipe of ours that sets up the same queue. */
export const recipeText = `metadata:
  inputs:
    key: {label: Key, generated: token}
    pass: {label: Password, generated: password, enabled_by: accounts=true}
    home: {label: Home, widget: select}
  outputs:
    told: {label: Told, kind: text}
    config: {label: Configuration, kind: file, secret: true}
    accounts: {label: Accounts, kind: text, enabled_by: accounts=true}
topology_template:
  inputs:
    count: {type: integer, default: 2}
    accounts: {type: boolean, default: true}
    health: {type: boolean, default: true}
    elastic: {type: boolean, default: false}
    home: {type: string, default: nfs}
    key: {type: string, default: ""}
    pass: {type: string, default: ""}
    names: {type: list, default: [a, b]}
  node_templates:
    controller: {type: transat.nodes.Node}
    workers: {type: transat.nodes.Node}
    disk: {type: tosca.nodes.BlockStorage}
    base:
      type: transat.nodes.Software
      requirements: [{host: controller}]
      interfaces: {Standard: {configure: {implementation: scripts/base.sh, inputs: {KEY: {get_input: key}, NAMES: {get_input: names}, HOSTS: {join: [{get_attribute: [workers, hostname]}, ","]}}}}}
    homes: {type: transat.nodes.Software, metadata: {enabled_by: 'home=nfs, health=true'}, requirements: [{host: controller}, {dependency: base}]}
    books: {type: transat.nodes.Software, metadata: {enabled_by: accounts=true}, requirements: [{host: controller}, {dependency: base}], interfaces: {Standard: {configure: {implementation: scripts/books.sh, inputs: {PASS: {get_secret: pass}}}}}}
    scaling: {type: transat.nodes.Software, metadata: {enabled_by: elastic=true}, requirements: [{host: controller}]}
    start:
      type: transat.nodes.Software
      metadata: {title: Start}
      requirements: [{host: controller}, {dependency: homes}, {dependency: books}, {dependency: scaling}]
      interfaces: {Standard: {configure: {implementation: scripts/start.sh, inputs: {COUNT: {get_input: count}, ACCOUNTS: {get_input: accounts}}}}}
    leave: {type: transat.nodes.Software, metadata: {for_leaving: workers}, requirements: [{host: controller}, {dependency: start}]}
    join: {type: transat.nodes.Software, requirements: [{host: workers}], interfaces: {Standard: {configure: {implementation: scripts/join.sh, inputs: {FRONT: {get_attribute: [controller, private_address, 0]}, HOME_FOLDERS: {get_input: home}}}}}}
  outputs:
    told: {description: What it told., value: {get_attribute: [start, outputs, told]}}
    config: {value: {get_attribute: [start, outputs, config]}}
    accounts: {value: {get_attribute: [books, outputs, told]}}
    scaled: {value: {get_attribute: [scaling, outputs, told]}}
`;

export const queueStandsFor = `groups:
  controller: {type: other.Front}
  workers: {type: other.Worker}
answers: {count: {get_attribute: [workers, count]}, accounts: {get_property: [controller, accounts]}}
asked: {home: queue_home}
unless: [{type: other.Scaler, because: it makes workers.}, {property: [controller, panel], is: "yes", because: it has a panel.}]
knows: [front_ip, members]
unheeded: {version: it is what there is., panel: there is none.}
tasks: {say: config}
shows: {queue_told: told, queue_accounts: accounts, queue_scaled: scaled}
lost: {panel_url: there is none.}
`;

export function standIn(standsFor = queueStandsFor, recipe = recipeText, downloads: RecipeDownload[] = []): StandIn {
  const diagnostics = new Diagnostics();
  const about = readStandsFor(new Cursor(yaml(standsFor, 'ours/stands-for.yaml'), '', diagnostics));
  if (diagnostics.list[0]) throw new Error(diagnostics.list[0].message);
  return { id: 'our-queue', name: 'Our queue', images: 'debian 12', root: yaml(recipe, 'ours/recipe.yaml'), downloads, about };
}

/** Two groups with the queue, as far as a test says nothing else. */
export const clusterText = (
  more: { front?: string; worker?: string; nodes?: string; outputs?: string; types?: string } = {},
) => `${more.types ?? ''}topology_template:
  inputs: {wanted: {type: boolean, default: false}}
  node_templates:
    machine: {type: other.Machine}
    crowd: {type: other.Machine}
    front: {type: other.Front, properties: {${more.front ?? ''}}, requirements: [{host: machine}]}
    worker: {type: other.Worker, properties: {${more.worker ?? 'front_ip: {get_attribute: [machine, address]}'}}, requirements: [{host: crowd}]}
${more.nodes ?? ''}  outputs: {${more.outputs ?? ''}}
`;

interface Shape {
  metadata: { inputs: Record<string, YamlValue>; outputs: Record<string, YamlValue> };
  topology_template: {
    inputs: Record<string, YamlValue>;
    node_templates: Record<
      string,
      {
        metadata?: Record<string, YamlValue>;
        requirements: Record<string, YamlValue>[];
        interfaces?: Record<string, YamlValue>;
        artifacts?: YamlValue;
      }
    >;
    outputs: Record<string, { value: YamlValue }>;
  };
}

/** A template after recipes have taken what is theirs, as plain data. */
export function stood(
  text: string,
  standIns: StandIn[] = [standIn()],
): { result: StoodIn; shape: Shape; said: string[]; type(name: string): TypeDefinition | undefined } {
  const diagnostics = new Diagnostics({ tolerant: true });
  const root = yaml(text);
  const imported = readTypes(new Cursor(yaml(typesText, 'types.yaml'), '', diagnostics));
  const types = new TypeSystem([...normativeTypes, ...imported, ...readTypes(new Cursor(root, '', diagnostics))]);
  const result = withStandIns(root, standIns, imported, types);
  return {
    result,
    shape: plain(result.root) as unknown as Shape, // as the texts above write it
    said: result.warnings.map(({ message }) => message),
    type: (name) => result.types.find((type) => type.name === name),
  };
}
