import type { RemarkKey } from './remarks';
import { yesOrNo } from './yaml11';

const reasons: [RegExp, RemarkKey][] = [
  [/_(?:api_version|default_microversion|min_version|max_version|microversion)$/, 'versions'],
  [/^(?:verify|insecure)$|_(?:verify|insecure)$/, 'verify'],
  [/(?:^|_)cacert$/, 'cacert'],
  [/^(?:cert|key)$/, 'clientCert'],
  [/^(?:domain_id|domain_name|system_scope|trust_id)$/, 'scope'],
  [/^project_domain_(?:id|name)$/, 'projectDomain'],
  [
    /^(?:networks|external_network|internal_network|floating_ip_source|secgroup_source|private|routes_|nat_|use_external_network|use_internal_network|requires_floating_ip)/,
    'network',
  ],
  [/_(?:endpoint_override|endpoint|service_name|service_type|region_name)$|^has_|^disable_|^service_type$|^endpoint$/, 'endpoint'],
  [/interface$|endpoint_type$/, 'interface'],
  [
    /^(?:password|username|user_id|user_name|user_domain_\w+|token|passcode|access_token|access_token_\w+|identity_provider|protocol|openid_\w+|discovery_endpoint|client_id|client_secret|client_\w+|application_credential_\w+|auth_methods|oauth2_\w+|code|device_\w+|redirect_uri|service_provider|mutual_auth)$/,
    'login',
  ],
  [
    /^(?:api_timeout|timeout|cache|client|metrics|force_ipv4|prefer_ipv6|image_format|image_api_use_tasks|message|status|vendor_hook|cloud|cloud_name|client_config_file|client_secure_file|config_file|force|debug|verbose|verbose_level|log_file|default_\w+|swiftclient_\w+|object_store_\w+)$|_(?:retries|retry_delay|timeout)$/,
    'tool',
  ],
];

/** Why a setting of a file is not used; undefined where it says just what Transat does anyhow. */
export function unusedBecause(name: string, value: string): RemarkKey | undefined {
  if (value === '') return 'empty';
  if (name === 'identity_api_version' && /^v?3(\.\d+)?$/.test(value)) return undefined;
  if (/^(?:interface|endpoint_type)$/.test(name) && /^public(URL)?$/i.test(value)) return undefined;
  if (name === 'verify' && yesOrNo(value) === true) return undefined;
  if (name === 'insecure' && yesOrNo(value) === false) return undefined;
  return reasons.find(([form]) => form.test(name))?.[1] ?? 'unknown';
}
