/**
 * A command that has a node's agent run its steps again from one on, as when somebody asks for that, and waits until it is through.
 * It prints `true` where all went well.
 */
export function rerun(step: string): string {
  const count = `sudo grep -c '"type":"finished"' /var/lib/transat/messages.jsonl`;
  return [
    `before=$(${count})`,
    `echo '{"from":"${step}"}' | sudo tee /var/lib/transat/run.json >/dev/null`,
    `for i in $(seq 1 120); do [ "$(${count})" -gt "$before" ] && break; sleep 1; done`,
    `sudo grep '"type":"finished"' /var/lib/transat/messages.jsonl | tail -n 1 | grep -o '"ok":[a-z]*' | cut -d: -f2`,
  ].join('; ');
}
