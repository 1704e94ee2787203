// node subscription-sse.mjs URL: the story by graphql-sse. It comes back by itself; the request that it repeats holds the last cursor.
import { createClient } from 'graphql-sse';
import { run } from './story.mjs';

await run((address, token, request, told, failed) => {
  const client = createClient({
    url: new URL('/graphql', address).href,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 100,
    retry: () => new Promise(resolve => setTimeout(resolve, 100)),
  });
  client.subscribe(request, { next: told, error: failed, complete: () => failed(new Error('The server ended the subscription.')) });
  return () => client.dispose();
});
