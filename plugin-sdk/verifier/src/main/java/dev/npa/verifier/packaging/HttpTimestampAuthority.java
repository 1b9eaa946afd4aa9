// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;

/// A timestamp authority on the network, by HTTP (RFC 3161, section 3.4). Used when signing; the
/// gate fetches nothing.
public record HttpTimestampAuthority(URI address, Duration timeout) implements TimestampSource {

  private static final int MAX_RESPONSE_BYTES = 64 << 10;

  /// @throws IllegalArgumentException if the address is neither http nor https
  public HttpTimestampAuthority {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("not an http address: " + address);
    }
  }

  @Override
  public byte[] token(byte[] signature) throws IOException, GeneralSecurityException {
    byte[] query = TimestampExchange.query(signature);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/timestamp-query");
    try {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(query);
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(address + " answered " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] response = in.readNBytes(MAX_RESPONSE_BYTES + 1);
        if (response.length > MAX_RESPONSE_BYTES) {
          throw new IOException(address + " answered more than " + MAX_RESPONSE_BYTES + " bytes");
        }
        return TimestampExchange.token(response, query);
      }
    } finally {
      connection.disconnect();
    }
  }
}
