// A line to the server that can be cut, as when a train enters a tunnel: connections are reset, and new ones refused until it is mended.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Line {
  #sockets = new Set();
  #server;
  #port = 0;

  constructor(server) {
    this.server = new URL(server);
  }

  get address() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async mend() {
    this.#server = createServer(near => {
      const far = connect(Number(this.server.port || 80), this.server.hostname);
      for (const [socket, other] of [[near, far], [far, near]]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    }).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = this.#server.address().port;
  }

  /** How many connections it broke. */
  async cut() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    const broken = this.#sockets.size / 2;
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
    return broken;
  }
}
