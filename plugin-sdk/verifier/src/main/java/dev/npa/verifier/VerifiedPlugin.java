// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.Report;
import dev.npa.verifier.bytecode.VerifiedClasses;
import dev.npa.verifier.stage.Undecided;
import java.util.List;
import java.util.Set;

/// A plugin that passed every gate: signed, well-formed, licensed, and proved harmless as far as
/// the bytecode profile goes. Last link of the trust chain on this side; only this may be loaded.
///
/// Class names are internal names, `a/b/Plugin`. The class bytes are those that the bytecode gate
/// wrote and verified again, not those of the package.
public final class VerifiedPlugin {

  private final LicensedPlugin licensed;
  private final VerifiedClasses classes;

  private VerifiedPlugin(LicensedPlugin licensed, VerifiedClasses classes) {
    this.licensed = licensed;
    this.classes = classes;
  }

  /// Sends the package's classes through the bytecode gate. Never throws, whatever they hold.
  public static Verdict<VerifiedPlugin> verify(LicensedPlugin licensed) {
    PluginArchive archive = licensed.archive();
    String entryClass = archive.manifest().entryClassInternalName();
    return Undecided.refuse(
        RuleId.B001_UNREADABLE_CLASS,
        new Location.Package("classes"),
        () ->
            BytecodeGate.verify(archive.classes(), entryClass)
                .then(classes -> Verdict.accepted(new VerifiedPlugin(licensed, classes))));
  }

  /// Internal name of the class that implements the plugin contract.
  public String entryClass() {
    return classes.entryClass();
  }

  /// Internal names of all classes to define, in order; one of them may be the gate's own.
  public Set<String> classNames() {
    return classes.names();
  }

  /// A copy of a class's bytes.
  ///
  /// @throws IllegalArgumentException if `internalName` is not one of {@link #classNames()}
  public byte[] bytes(String internalName) {
    return classes.bytes(internalName);
  }

  /// What the bytecode gate found: sizes, loops, worst cases.
  public Report report() {
    return classes.report();
  }

  public String pluginId() {
    return manifest().pluginId();
  }

  public String version() {
    return manifest().version();
  }

  public int generation() {
    return manifest().generation();
  }

  public List<DeviceId> deviceIds() {
    return manifest().deviceIds();
  }

  /// The SPDX ids under which the plugin is taken.
  public List<String> licences() {
    return licensed.licences();
  }

  /// See {@link SignedPlugin#contentId()}.
  public String contentId() {
    return signed().contentId();
  }

  /// See {@link PluginArchive#payloadId()}.
  public String payloadId() {
    return licensed.archive().payloadId();
  }

  /// What the signatures make of the plugin.
  public AcceptanceLevel level() {
    return signed().level();
  }

  /// Every signature on the package, as found good.
  public List<PackageSignature> signatures() {
    return signed().signatures();
  }

  /// See {@link SignedPlugin#signerName()}.
  public String signerName() {
    return signed().signerName();
  }

  /// A copy of the whole package, as checked: what the hypervisor injects.
  public byte[] packageBytes() {
    return signed().packageBytes();
  }

  private PluginManifest manifest() {
    return licensed.archive().manifest();
  }

  private SignedPlugin signed() {
    return licensed.archive().signed();
  }
}
