// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.verifier.packaging.TimestampExchange;
import dev.npa.verifier.packaging.TimestampSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A timestamp authority on the network, by HTTP (RFC 3161, section 3.4). The one thing that npa
/// fetches, and only when it signs: the gate's module has no network.
///
/// @param patience for the whole exchange, however slowly the authority speaks
record HttpTimestampAuthority(URI address, Duration patience) implements TimestampSource {
  private static final String QUERY = "application/timestamp-query";
  private static final String REPLY = "application/timestamp-reply";

  /// @throws IllegalArgumentException if the address is neither http nor https, or names no host
  HttpTimestampAuthority {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
      throw new IllegalArgumentException("not an http address: " + address);
    }
  }

  @Override
  public byte[] token(byte[] signature) throws IOException, GeneralSecurityException {
    TimestampExchange exchange = TimestampExchange.about(signature);
    HttpResponse<byte[]> response = ask(exchange.query());
    if (response.statusCode() != 200) {
      throw new IOException(address + ": answered " + response.statusCode() + ", not 200");
    }
    String type = response.headers().firstValue("Content-Type").orElse("nothing");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(REPLY)) {
      throw new IOException(address + ": answered with " + type + ", not " + REPLY);
    }
    try {
      return exchange.token(response.body());
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(address + ": " + e.getMessage(), e);
    }
  }

  /// Redirections are not followed: who is to state the time is the user's decision.
  private HttpResponse<byte[]> ask(byte[] query) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", QUERY)
            .header("Accept", REPLY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(query))
            .build();
    HttpResponse.BodyHandler<byte[]> body =
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofByteArray(), TimestampExchange.MAX_RESPONSE_BYTES);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      return client.sendAsync(request, body).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException(address + ": no answer within " + patience.toSeconds() + " seconds", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a timestamp", e);
    } finally {
      client.shutdownNow();
    }
  }

  private IOException failure(Throwable cause) {
    String reason =
        cause instanceof ConnectException
            ? "cannot be reached"
            : String.valueOf(cause.getMessage());
    return new IOException(address + ": " + reason, cause);
  }
}
