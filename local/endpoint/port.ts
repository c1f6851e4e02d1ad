import net from 'node:net';

/** A port of 127.0.0.1, and of no other address. It is held from its opening; who connects waits until it is served. */
export class Port {
  private readonly server: net.Server;
  private readonly sockets = new Set<net.Socket>();
  private connect: ((socket: net.Socket) => void) | undefined;

  private constructor() {
    this.server = net.createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      this.connect?.(socket);
    });
  }

  /** @param number 0 for any free port */
  static async open(number = 0): Promise<Port> {
    const port = new Port();
    await new Promise<void>((resolve, reject) => {
      port.server.once('error', reject);
      port.server.listen(number, '127.0.0.1', resolve);
    });
    return port;
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the port is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  serve(connect: (socket: net.Socket) => void): void {
    this.connect = connect;
    this.sockets.forEach(connect);
  }

  /** Closes the port and every connection to it. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
