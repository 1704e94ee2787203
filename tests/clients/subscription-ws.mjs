// node subscription-ws.mjs URL: the story by graphql-ws. It comes back by itself; the request that it repeats holds the last cursor.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { run } from './story.mjs';

await run((address, token, request, told, failed) => {
  const client = createClient({
    url: new URL('/graphql', address).href.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { accessToken: token },
    retryAttempts: 100,
    retryWait: () => new Promise(resolve => setTimeout(resolve, 100)),
    // A connection that is refused is an error here, not a closing.
    shouldRetry: () => true,
  });
  client.subscribe(request, { next: told, error: failed, complete: () => failed(new Error('The server ended the subscription.')) });
  return () => client.dispose();
});
