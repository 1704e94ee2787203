// node audits.mjs URL: the server audits of graphql-http. A MUST, a SHOULD and a MAY that is missed all count as failed.
import { serverAudits } from 'graphql-http';

const url = new URL('/graphql', process.argv[2]).href;
const fetchFn = (address, init) => fetch(address, { ...init, signal: AbortSignal.timeout(15_000) });

let passed = 0;
let failed = 0;
for (const audit of serverAudits({ url, fetchFn })) {
  const result = await audit.fn().catch(error => ({ status: 'error', reason: String(error.cause ?? error) }));
  await result.response?.body?.cancel().catch(() => {});
  if (result.status === 'ok') passed++;
  else failed++;
  console.log(`${result.status.padEnd(6)} ${audit.id} ${audit.name}${result.reason ? ` -> ${result.reason}` : ''}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
