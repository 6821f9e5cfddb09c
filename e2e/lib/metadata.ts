/** A command that prints 200 where whoever runs it can read what the cloud tells a machine of itself, and 000 where nobody answers. */
export const askMetadata = `curl -s -o /dev/null -w '%{http_code}\\n' --noproxy '*' -m 10 http://169.254.169.254/openstack || true`;
