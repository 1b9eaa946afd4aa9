// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import java.lang.classfile.ClassModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/// One class of the plugin as all three readers saw it.
public final class PluginClass {
  private final String key;
  private final RawClass raw;
  private final ClassNode node;
  private final ClassModel model;
  private final List<PluginMethod> methods;
  private final Map<String, PluginMethod> byName = new HashMap<>();
  private Optional<Uses> uses = Optional.empty();

  PluginClass(String key, RawClass raw, ClassNode node, ClassModel model) {
    this.key = key;
    this.raw = raw;
    this.node = node;
    this.model = model;
    this.methods = node.methods.stream().map(m -> new PluginMethod(this, m)).toList();
    methods.forEach(m -> byName.putIfAbsent(m.name() + m.descriptor(), m));
  }

  /// The name under which the package holds the class.
  public String key() {
    return key;
  }

  /// The name the class gives itself.
  public String name() {
    return node.name;
  }

  public RawClass raw() {
    return raw;
  }

  public ClassNode node() {
    return node;
  }

  /// The JDK's view, for what ASM's tree does not tell apart.
  public ClassModel model() {
    return model;
  }

  /// Where the class uses its constants; looked up once, when a rule asks.
  public Uses uses() {
    if (uses.isEmpty()) {
      uses = Optional.of(Uses.of(this));
    }
    return uses.get();
  }

  public List<PluginMethod> methods() {
    return methods;
  }

  public Optional<PluginMethod> method(String name, String descriptor) {
    return Optional.ofNullable(byName.get(name + descriptor));
  }

  public Optional<FieldNode> field(String name, String descriptor) {
    return node.fields.stream()
        .filter(f -> f.name.equals(name) && f.desc.equals(descriptor))
        .findFirst();
  }

  public boolean is(int access) {
    return (node.access & access) != 0;
  }

  public String packageName() {
    return name().substring(0, Math.max(0, name().lastIndexOf('/')));
  }

  /// The class whose nest this one belongs to: itself unless it says otherwise.
  public String nestHost() {
    return node.nestHostClass == null ? name() : node.nestHostClass;
  }

  public Location here() {
    return new Location.Member(name(), "", "");
  }

  public Location at(FieldNode field) {
    return new Location.Member(name(), field.name, field.desc);
  }
}
