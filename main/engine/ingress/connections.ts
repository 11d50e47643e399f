import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What decides how useful a connection is. */
interface Activity {
  /** A complete request is being answered. */
  answering: boolean;
  /** Answered requests that were accepted. */
  accepted: number;
}

/**
 * Holds at most `limit` connections: a further one closes the least useful instead of being refused. Those that have had
 * no callback accepted go first, the oldest of them before the others; one whose request is complete is never closed.
 */
export function shedConnections(server: Server, limit: number): void {
  // A Map iterates in the order of arrival.
  const connections = new Map<Socket, Activity>();
  server.on('connection', (socket) => {
    connections.set(socket, { answering: false, accepted: 0 });
    socket.once('close', () => connections.delete(socket));
    if (connections.size <= limit) return;
    const shed = leastUseful(connections, socket);
    shed?.destroy();
    // In a flood many are destroyed before the first "close" event arrives: they are not looked through again.
    if (shed) connections.delete(shed);
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const activity = connections.get(socket);
    if (!activity) return;
    request.once('end', () => {
      // A rejection may be sent before the request ends.
      activity.answering = !response.writableEnded;
    });
    response.once('close', () => {
      activity.answering = false;
      if (response.writableFinished && response.statusCode < 400) activity.accepted += 1;
    });
  });
}

function leastUseful(connections: ReadonlyMap<Socket, Activity>, newcomer: Socket): Socket | undefined {
  let spare: Socket | undefined;
  for (const [socket, { answering, accepted }] of connections) {
    if (socket === newcomer || answering) continue;
    if (accepted === 0) return socket;
    spare ??= socket;
  }
  return spare ?? newcomer;
}
