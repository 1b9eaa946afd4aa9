// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Figures of the plugin package, version 1: a canonical JAR whose archive comment is a detached
/// CMS signature over everything before it.
///
/// ```
///  0                                                          EOCD+20              end of file
///  | MANIFEST.MF | NPA.EC, NPA.SF | npa/* | classes | CEN | EOCD |u16le| CMS DER |u32le n| NPA-SIG1 |
///  |<----------- signed range, its SHA-384 is the content id --->|     |<-- n -->|
///                                                                      |<---- archive comment ---->|
/// ```
public final class PackageFormat {

  /// Last eight bytes of every signed package.
  public static final String TRAILER_MAGIC = "NPA-SIG1";

  /// Length field and magic: what follows the CMS block.
  public static final int TRAILER_BYTES = 12;

  /// The largest CMS block that fits an archive comment together with its trailer.
  public static final int MAX_SIGNATURE_BYTES = 65_535 - TRAILER_BYTES;

  public static final int MAX_PACKAGE_BYTES = 4 << 20;
  public static final int MAX_ENTRIES = 512;
  public static final int MAX_ENTRY_BYTES = 256 << 10;
  public static final int MAX_NAME_BYTES = 255;

  /// Entry that comes first.
  public static final String MANIFEST = "META-INF/MANIFEST.MF";

  /// Directory of everything that is neither a class nor of the JAR format.
  public static final String OWN = "META-INF/npa/";

  /// Directory of the licence texts, one `<SPDX id>.txt` each.
  public static final String LICENCE_TEXTS = "META-INF/npa/licenses/";

  /// The ordinary JAR signature, P-384: signature file and block.
  public static final String JAR_SIGNATURE_FILE = "META-INF/NPA.SF";

  public static final String JAR_SIGNATURE_BLOCK = "META-INF/NPA.EC";

  /// This format's number, which a trust bundle may demand.
  public static final int FORMAT = 1;

  public static final String PLUGIN_ID = "NPA-Plugin-Id";

  /// A plugin id as a regular expression: lower-case words joined by `.` or `-`, 1 to 64
  /// characters.
  public static final String PLUGIN_ID_FORM = "(?=.{1,64}$)[a-z0-9]+([.-][a-z0-9]+)*";

  /// Nine digits: always an int, and more generations than any vendor will need.
  public static final int MAX_GENERATION = 999_999_999;

  public static final String PLUGIN_VERSION = "NPA-Plugin-Version";
  public static final String GENERATION = "NPA-Generation";
  public static final String PLUGIN_CLASS = "NPA-Plugin-Class";
  public static final String API_VERSION = "NPA-Api-Version";
  public static final String DEVICE_IDS = "NPA-Device-Ids";
  public static final String LICENCE = "SPDX-License-Identifier";
  public static final String SOURCE = "NPA-Source";
  public static final String SOURCE_DIGEST = "NPA-Source-Digest";
  public static final String SOURCE_OFFER_UNTIL = "NPA-Source-Offer-Until";
  public static final String SIGNATURE = "NPA-Signature";

  /// The only API version there is.
  public static final String API_VERSION_1 = "1";

  /// Digest of one entry, Base64, in the manifest section that the entry's name opens.
  public static final String ENTRY_DIGEST = "SHA-384-Digest";

  private PackageFormat() {}
}
