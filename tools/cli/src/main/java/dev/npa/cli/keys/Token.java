// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.files.InputFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A PKCS#11 token by the JDK's own provider: keys that sign and never leave it.
final class Token implements KeySource {
  private final String configuration;
  private final Provider provider;
  private final KeyStore store;
  private final Password pin;

  private Token(String configuration, Provider provider, KeyStore store, Password pin) {
    this.configuration = configuration;
    this.provider = provider;
    this.store = store;
    this.pin = pin;
  }

  /// Loads the native module that the configuration names, into this process, and logs in.
  ///
  /// @param configuration a file as the JDK's PKCS#11 Reference Guide describes it: `name`,
  ///   `library`, `slot`
  static Token open(String configuration, Password pin)
      throws IOException, GeneralSecurityException {
    Provider template = Security.getProvider("SunPKCS11");
    if (template == null) {
      throw new IOException("this Java runtime has no PKCS#11 provider (jdk.crypto.cryptoki)");
    }
    try {
      Provider provider = template.configure(InputFile.path(configuration).toString());
      // Signatures are looked up by the kind of key; what an earlier login left cannot use it.
      Security.removeProvider(provider.getName());
      Security.addProvider(provider);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin.characters());
      return new Token(configuration, provider, store, pin);
    } catch (InvalidParameterException | ProviderException e) {
      throw new IOException(configuration + ": " + reason(e), e);
    } catch (IOException e) {
      throw new IOException(configuration + ": cannot log in: " + reason(e), e);
    }
  }

  @Override
  public String name() {
    return "pkcs11:" + configuration;
  }

  @Override
  public List<KeyEntry> entries() throws GeneralSecurityException {
    List<KeyEntry> entries = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      KeyEntry.of(store, alias, pin).ifPresent(entries::add);
    }
    return entries;
  }

  @Override
  public void certify(KeyEntry entry) throws GeneralSecurityException {
    store.setKeyEntry(
        entry.alias(),
        entry.privateKey(),
        pin.characters(),
        entry.chain().toArray(X509Certificate[]::new));
  }

  /// Makes a P-384 key in the token, which gives it to nobody.
  ///
  /// @param identity whose key it is, and what it is to sign
  /// @throws IOException if there is a key under the alias
  void generate(String alias, Identity identity, Instant now)
      throws IOException, GeneralSecurityException {
    if (store.containsAlias(alias)) {
      throw new IOException(name() + ": " + alias + " is there already; name another by #ALIAS");
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    certify(DevelopmentKeys.uncertified(alias, generator.generateKeyPair(), identity, now));
  }

  private static String reason(Exception e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage();
  }
}
