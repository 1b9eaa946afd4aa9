// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// An HTTP server that answers byte for byte what it is told, be that HTTP or not.
final class HttpPeer implements AutoCloseable {
  /// What to send for the body of a request.
  interface Answer {
    byte[] to(byte[] body) throws Exception;
  }

  private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().start(this::serve);
  private volatile Answer answer = _ -> new byte[0];
  private volatile int sentAtOnce = Integer.MAX_VALUE;

  HttpPeer() throws IOException {}

  /// A well-formed response that carries a timestamp response.
  static byte[] reply(byte[] body) {
    return response("Content-Length: " + body.length, body);
  }

  /// One that does not say how long it is.
  static byte[] endless(byte[] body) {
    return response("Connection: close", body);
  }

  private static byte[] response(String header, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n" + header + "\r\n\r\n";
    out.writeBytes(head.getBytes(ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  void answer(Answer other) {
    answer = other;
  }

  /// From now on sends the first bytes of an answer only.
  void holdBackAfter(int bytes) {
    sentAtOnce = bytes;
  }

  int port() {
    return server.getLocalPort();
  }

  /// The headers of every request so far.
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        serve(socket);
      } catch (IOException _) {
        // The client has gone, which is what some tests are about, or the server is closed.
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    requests.add(head.toString());
    String length = head.toString().replaceFirst("(?is).*\r\ncontent-length: (\\d+)\r\n.*", "$1");
    byte[] response = answer.to(in.readNBytes(Integer.parseInt(length)));
    OutputStream out = socket.getOutputStream();
    out.write(response, 0, Math.min(sentAtOnce, response.length));
    out.flush();
    if (sentAtOnce < response.length) {
      closed.await();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
