/** What openstacksdk itself says of a cloud whose entry names a profile (openstack/config/vendors, 4.22). */
export interface Vendor {
  authUrl?: string;
  regions?: readonly string[];
  /** of user and project */
  domain?: string;
  /** it no longer exists */
  gone?: boolean;
}

const vendors: Record<string, Vendor> = {
  auro: { authUrl: 'https://api.van2.auro.io:5000/v3', regions: ['RegionOne'], domain: 'Default' },
  betacloud: { gone: true },
  binero: { authUrl: 'https://auth.binero.cloud:5000/v3', regions: ['europe-se-1'] },
  bluebox: { regions: ['RegionOne'] },
  catalyst: { authUrl: 'https://api.cloud.catalyst.net.nz:5000/v2.0', regions: ['nz-por-1', 'nz_wlg_2'] },
  citycloud: {
    authUrl: 'https://{region_name}.citycloud.com:5000/v3/',
    regions: ['Buf1', 'Fra1', 'Sto2', 'Kna1', 'dx1', 'tky1'],
  },
  conoha: { authUrl: 'https://identity.{region_name}.conoha.io', regions: ['sin1', 'sjc1', 'tyo1'] },
  dreamcompute: { authUrl: 'https://iad2.dream.io:5000', regions: ['RegionOne'] },
  elastx: { authUrl: 'https://ops.elastx.cloud:5000/v3', regions: ['se-sto'] },
  entercloudsuite: { authUrl: 'https://api.entercloudsuite.com/', regions: ['it-mil1', 'nl-ams1', 'de-fra1'] },
  fuga: { authUrl: 'https://identity.api.fuga.io:5000', regions: ['cystack'], domain: 'Default' },
  ibmcloud: { gone: true },
  internap: { gone: true },
  limestonenetworks: { authUrl: 'https://auth.cloud.lstn.net:5000/v3', regions: ['us-dfw-1', 'us-slc'] },
  'otc-swiss': { authUrl: 'iam-pub.eu-ch2.sc.otc.t-systems.com/v3', regions: ['eu-ch2'] },
  otc: { authUrl: 'https://iam.{region_name}.otc.t-systems.com/v3', regions: ['eu-de', 'eu-nl'] },
  'ovh-us': {
    authUrl: 'https://auth.cloud.ovh.us/',
    regions: ['US-EAST-VA-1', 'US-WEST-OR-1', 'US-EAST-VA', 'US-WEST-OR'],
    domain: 'Default',
  },
  rackspace: {
    authUrl: 'https://identity.api.rackspacecloud.com/v2.0/',
    regions: ['DFW', 'HKG', 'IAD', 'ORD', 'SYD', 'LON'],
  },
  switchcloud: { authUrl: 'https://identity.compute.cloud.switch.ch/v3', regions: ['zhw', 'zhc'] },
  switchengines: { authUrl: 'https://keystone.cloud.switch.ch:5000/v3', regions: ['LS', 'ZH'] },
  ultimum: { gone: true },
  unitedstack: { gone: true },
  zetta: { authUrl: 'https://identity.api.zetta.io/v3', regions: ['no-osl1'] },
};

/** The profile of that name; undefined where openstacksdk has none, or would fetch it. */
export const vendorOf = (name: string): Vendor | undefined => (Object.hasOwn(vendors, name) ? vendors[name] : undefined);
