// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.verifier.packaging.Pkcs12Work;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// A PKCS#12 file: private keys under aliases, each with its certificates. Not thread-safe.
///
/// Keys are encrypted with AES-256 under PBKDF2 with HMAC-SHA-256, as the JDK does it, with {@value
/// #ITERATIONS} rounds.
final class KeyStoreFile implements KeySource {
  private static final int LIMIT_BYTES = 1 << 20;
  private static final int ITERATIONS = 200_000;

  /// Of all that is in a file together: some ten seconds.
  private static final BigInteger MAX_ITERATIONS = BigInteger.valueOf(10_000_000);

  static {
    String rounds = Integer.toString(ITERATIONS);
    java.security.Security.setProperty("keystore.pkcs12.keyPbeIterationCount", rounds);
    java.security.Security.setProperty("keystore.pkcs12.macIterationCount", rounds);
  }

  private final String name;
  private final KeyStore store;
  private final Password password;

  private KeyStoreFile(String name, KeyStore store, Password password) {
    this.name = name;
    this.store = store;
    this.password = password;
  }

  static KeyStoreFile empty(String name, Password password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password.characters());
    return new KeyStoreFile(name, store, password);
  }

  /// Reads a file that only its owner can use.
  ///
  /// @throws IOException if others can use it, it is no PKCS#12 file, or the password is wrong
  static KeyStoreFile open(String name, Password password)
      throws IOException, GeneralSecurityException {
    byte[] bytes = InputFile.readSecret(name, LIMIT_BYTES, "a key store");
    requireBearable(name, bytes);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), password.characters());
    } catch (IOException e) {
      boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
      throw new IOException(
          name + (wrong ? ": the password is wrong" : ": not a PKCS#12 key store"), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    return new KeyStoreFile(name, store, password);
  }

  /// Who may not know the password can still have raised the counts, to keep this host busy.
  private static void requireBearable(String name, byte[] bytes) throws IOException {
    BigInteger iterations;
    try {
      iterations = Pkcs12Work.iterations(bytes);
    } catch (IOException e) {
      throw new IOException(name + ": not a PKCS#12 key store", e);
    }
    if (iterations.compareTo(MAX_ITERATIONS) > 0) {
      throw new IOException(
          "%s: wants its password hashed %d times, more than %d; write it anew with fewer"
              .formatted(name, iterations, MAX_ITERATIONS));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<KeyEntry> entries() throws IOException, GeneralSecurityException {
    List<KeyEntry> entries = new ArrayList<>();
    List<String> aliases = Collections.list(store.aliases());
    Collections.sort(aliases);
    for (String alias : aliases) {
      KeyEntry.of(store, alias, password).ifPresent(entries::add);
    }
    return entries;
  }

  /// Adds a key, or replaces the one under the same alias.
  void put(KeyEntry entry) throws GeneralSecurityException {
    store.setKeyEntry(
        entry.alias(),
        entry.privateKey(),
        password.characters(),
        entry.chain().toArray(X509Certificate[]::new));
  }

  @Override
  public void certify(KeyEntry entry) throws IOException, GeneralSecurityException {
    put(entry);
    save(InputFile.path(name), true);
  }

  /// Writes the store for its owner alone.
  void save(Path target, boolean overwrite) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password.characters());
    OutputFile.write(target, out.toByteArray(), Audience.OWNER, overwrite);
  }
}
